package dev.tegata.explain;

import dev.tegata.explain.Subject.Buildkite;
import dev.tegata.explain.Subject.CircleCi;
import dev.tegata.explain.Subject.CustomGitHub;
import dev.tegata.explain.Subject.GitHub;
import dev.tegata.explain.Subject.GitLab;
import dev.tegata.explain.Subject.Kubernetes;
import dev.tegata.match.Glob;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Says in what a token's subject differs from the one that a policy expects, in the words of the
/// issuer that wrote it.
final class SubjectAdvice {
  private static final String BRANCH = "ref:refs/heads/";
  private static final String TAG = "ref:refs/tags/";
  private static final String ENVIRONMENT = "environment:";

  private final String expected;
  private final String found;
  private final boolean wildcards;
  private final List<String> sentences = new ArrayList<>();

  private SubjectAdvice(String expected, String found, boolean wildcards) {
    this.expected = expected;
    this.found = found;
    this.wildcards = wildcards;
  }

  /// The differences between the policy's `expected` and the token's `found`; `wildcards` tells
  /// whether the operator takes `*` and `?` for such.
  static List<String> differences(String expected, String found, boolean wildcards) {
    SubjectAdvice advice = new SubjectAdvice(expected, found, wildcards);
    advice.compare();
    return List.copyOf(advice.sentences);
  }

  private void compare() {
    if (!wildcards && Glob.of(expected).matches(found)) {
      say(
          "the operator takes `*` and `?` for themselves: move `%s` to StringLike, where it matches"
              .formatted(expected));
      return;
    }
    Optional<Subject> wanted = Subject.parse(expected);
    Optional<Subject> given = Subject.parse(found);
    if (wanted.isEmpty() || given.isEmpty()) {
      sayCase("subject", expected, found);
    } else {
      compare(wanted.get(), given.get());
    }
    say(
        "to let this in, change `%s` to `%s`, or list both"
            .formatted(expected, fitting(wanted, given)));
  }

  /// What the policy should say: what fits as it stands, and the rest as the token has it.
  private String fitting(Optional<Subject> wanted, Optional<Subject> given) {
    if (wanted.orElse(null) instanceof GitHub policy
        && given.orElse(null) instanceof GitHub token) {
      return "repo:%s%s/%s%s:%s"
          .formatted(
              fitting(policy.owner(), token.owner()),
              id(policy.ownerId(), token.ownerId()),
              fitting(policy.repo(), token.repo()),
              id(policy.repoId(), token.repoId()),
              fitting(policy.context(), token.context()));
    }
    if (wanted.orElse(null) instanceof Buildkite policy
        && given.orElse(null) instanceof Buildkite token) {
      return "organization:%s:pipeline:%s:%s"
          .formatted(
              fitting(policy.organization(), token.organization()),
              fitting(policy.pipeline(), token.pipeline()),
              fitting(policy.rest(), lasting(token.rest())));
    }
    if (wanted.orElse(null) instanceof CircleCi policy
        && given.orElse(null) instanceof CircleCi token) {
      return "org/%s/project/%s/%s"
          .formatted(
              fitting(policy.organization(), token.organization()),
              fitting(policy.project(), token.project()),
              fitting(policy.rest(), token.rest()));
    }
    return found;
  }

  /// A run of Buildkite without its commit, which no other run has.
  private String lasting(String run) {
    int commit = run.indexOf(":commit:");
    return wildcards && commit >= 0 ? run.substring(0, commit) + ":*" : run;
  }

  private String fitting(String policy, String token) {
    return fits(policy, token) ? policy : token;
  }

  private String id(String policy, String token) {
    return token.isEmpty() ? "" : "@" + fitting(policy, token);
  }

  private void compare(Subject wanted, Subject given) {
    switch (wanted) {
      case GitHub policy when given instanceof GitHub token -> github(policy, token);
      case GitHub _ when given instanceof CustomGitHub ->
          say(
              ("the policy expects GitHub's default subject, `repo:…`; the token carries a customized"
                      + " one, `%s`")
                  .formatted(found));
      case CustomGitHub _ when given instanceof GitHub ->
          say("the policy expects a customized subject; the token carries GitHub's default one");
      case GitLab policy when given instanceof GitLab token -> gitlab(policy, token);
      case Kubernetes policy when given instanceof Kubernetes token -> {
        differ("namespace", policy.namespace(), token.namespace());
        differ("service account", policy.name(), token.name());
      }
      case Buildkite policy when given instanceof Buildkite token -> {
        differ("organization", policy.organization(), token.organization());
        differ("pipeline", policy.pipeline(), token.pipeline());
        differ("run", policy.rest(), token.rest());
      }
      case CircleCi policy when given instanceof CircleCi token -> {
        differ("organization", policy.organization(), token.organization());
        differ("project", policy.project(), token.project());
        differ("run", policy.rest(), token.rest());
      }
      default ->
          say(
              "the policy expects a subject of %s; the token carries one of %s"
                  .formatted(issuer(wanted), issuer(given)));
    }
  }

  private static String issuer(Subject subject) {
    return switch (subject) {
      case GitHub _, CustomGitHub _ -> "GitHub";
      case GitLab _ -> "GitLab";
      case Kubernetes _ -> "Kubernetes";
      case Buildkite _ -> "Buildkite";
      case CircleCi _ -> "CircleCI";
    };
  }

  private void github(GitHub policy, GitHub token) {
    boolean policyIds = !policy.ownerId().isEmpty() || !policy.repoId().isEmpty();
    boolean tokenIds = !token.ownerId().isEmpty() || !token.repoId().isEmpty();
    if (!policyIds && tokenIds) {
      say(
          ("the policy expects the form before July 2026, `repo:%s/%s:…`; the token carries owner and"
                  + " repository ids, `repo:%s@%s/%s@%s:…`")
              .formatted(
                  policy.owner(),
                  policy.repo(),
                  token.owner(),
                  token.ownerId(),
                  token.repo(),
                  token.repoId()));
    } else if (policyIds && !tokenIds) {
      say(
          ("the policy expects owner and repository ids, the form since July 2026; the token carries"
                  + " the form before it, `repo:%s/%s:…`")
              .formatted(token.owner(), token.repo()));
    }
    differ("owner", policy.owner(), token.owner());
    differ("repository", policy.repo(), token.repo());
    if (policyIds && tokenIds) {
      differ("owner id", policy.ownerId(), token.ownerId());
      differ("repository id", policy.repoId(), token.repoId());
    }
    context(policy.context(), token.context());
  }

  private void context(String policy, String token) {
    if (fits(policy, token)) {
      return;
    }
    if (policy.isEmpty()) {
      say(
          "the policy's subject ends with the repository; a token's goes on with `:%s`"
              .formatted(token));
    } else if (kind(policy).equals(kind(token))) {
      differ(kind(policy), name(policy), name(token));
    } else if (token.startsWith(ENVIRONMENT)) {
      say(
          ("the policy expects %s; the job names the environment `%s`, which then stands in the"
                  + " subject instead of the ref")
              .formatted(described(policy), name(token)));
    } else if (policy.equals("pull-request")) {
      say("GitHub writes `pull_request`, with an underscore");
    } else if (token.equals("pull_request")) {
      say("the policy expects %s; the run is of a pull request".formatted(described(policy)));
    } else {
      say("the policy expects %s; the run is of %s".formatted(described(policy), described(token)));
    }
  }

  private static String kind(String context) {
    if (context.startsWith(BRANCH)) {
      return "branch";
    }
    if (context.startsWith(TAG)) {
      return "tag";
    }
    if (context.startsWith(ENVIRONMENT)) {
      return "environment";
    }
    return context.equals("pull_request") ? "pull request" : "";
  }

  private static String name(String context) {
    return switch (kind(context)) {
      case "branch" -> context.substring(BRANCH.length());
      case "tag" -> context.substring(TAG.length());
      case "environment" -> context.substring(ENVIRONMENT.length());
      default -> context;
    };
  }

  private static String described(String context) {
    return switch (kind(context)) {
      case "branch" -> "the branch `" + name(context) + "`";
      case "tag" -> "the tag `" + name(context) + "`";
      case "environment" -> "the environment `" + name(context) + "`";
      case "pull request" -> "a pull request";
      default -> "`" + context + "`";
    };
  }

  private void gitlab(GitLab policy, GitLab token) {
    differ("project", policy.project(), token.project());
    differ("kind of ref", policy.refType(), token.refType());
    differ("ref", policy.ref(), token.ref());
  }

  private void differ(String what, String policy, String token) {
    if (fits(policy, token)) {
      return;
    }
    if (!sayCase(what, policy, token)) {
      say("the policy expects the %s `%s`; the token is of `%s`".formatted(what, policy, token));
    }
  }

  private boolean sayCase(String what, String policy, String token) {
    boolean onlyCase = policy.equalsIgnoreCase(token);
    if (onlyCase) {
      say(
          ("the %s differs only in upper and lower case, which counts: `%s` in the policy, `%s` in the"
                  + " token")
              .formatted(what, policy, token));
    }
    return onlyCase;
  }

  private boolean fits(String policy, String token) {
    return wildcards ? Glob.of(policy).matches(token) : policy.equals(token);
  }

  private void say(String sentence) {
    sentences.add(sentence);
  }
}
