package dev.tegata.github;

import dev.tegata.github.Job.Environment;
import dev.tegata.github.WorkflowRun.Repository;
import dev.tegata.json.JsonValue.JsonObject;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/// How a token's subject is put together: a list of claims, and how the repository is spelled.
///
/// Each claim becomes `key:value`; but `repo` is the repository under that short name, and
/// `context` the job's environment, pull request or ref, whichever it has first. A colon within a
/// value becomes `%3A`, and nothing else is escaped.
///
/// Source:
/// <https://docs.github.com/en/actions/reference/security/oidc#customizing-the-token-claims>
public record SubjectTemplate(List<String> claimKeys, RepositoryForm repositoryForm) {
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_]+");
  private static final int MAX_LENGTH = 512;

  /// How `repo` spells a repository.
  public enum RepositoryForm {
    /// `repo:octo-org/octo-repo`: whoever gets hold of the names gets hold of the subject.
    NAMES,
    /// `repo:octo-org@123456/octo-repo@456789`: for repositories made since 15 July 2026.
    NAMES_AND_IDS;

    /// From this day on, new, renamed and transferred repositories have their ids in the subject.
    public static final LocalDate IMMUTABLE_SINCE = LocalDate.of(2026, 7, 15);

    /// The form of a repository that was created, or last renamed or transferred, on `day`.
    ///
    /// Source:
    /// <https://docs.github.com/en/actions/reference/security/oidc#immutable-subject-claims>
    public static RepositoryForm since(LocalDate day) {
      return day.isBefore(IMMUTABLE_SINCE) ? NAMES : NAMES_AND_IDS;
    }
  }

  public SubjectTemplate {
    claimKeys = List.copyOf(claimKeys);
    if (claimKeys.isEmpty() || new HashSet<>(claimKeys).size() != claimKeys.size()) {
      throw new IllegalArgumentException("a subject has one claim or more, each of them once");
    }
    for (String key : claimKeys) {
      if (!KEY.matcher(key).matches()) {
        throw new IllegalArgumentException("`" + key + "` is not letters, digits and underscores");
      }
    }
    if (claimKeys.stream().mapToInt(String::length).sum() > MAX_LENGTH) {
      throw new IllegalArgumentException("claim keys longer than " + MAX_LENGTH + " characters");
    }
  }

  /// The template of a repository that has not customized its subject.
  public static SubjectTemplate standard(RepositoryForm repositoryForm) {
    return new SubjectTemplate(List.of("repo", "context"), repositoryForm);
  }

  /// The subject of `job`'s tokens.
  ///
  /// @throws IllegalArgumentException when the job has no such claim, as a template with
  ///   `environment` obliges every job to name one
  public String subject(Job job) {
    return subject(job, JobClaims.facts(job));
  }

  String subject(Job job, JsonObject facts) {
    return String.join(":", claimKeys.stream().map(key -> part(key, job, facts)).toList());
  }

  private String part(String key, Job job, JsonObject facts) {
    return switch (key) {
      case "repo" -> "repo:" + repository(job.run().repository());
      case "context" -> context(job);
      default -> key + ":" + escape(claim(key, facts));
    };
  }

  private String repository(Repository repository) {
    String owner = escape(repository.owner().name());
    String name = escape(repository.name());
    return switch (repositoryForm) {
      case NAMES -> owner + "/" + name;
      case NAMES_AND_IDS ->
          owner + "@" + repository.owner().id() + "/" + name + "@" + repository.id();
    };
  }

  private static String context(Job job) {
    Environment environment = job.environment();
    if (environment != null) {
      return "environment:" + escape(environment.name());
    }
    return job.run().event().isPullRequest()
        ? "pull_request"
        : "ref:" + escape(job.run().revision().ref());
  }

  private static String claim(String key, JsonObject facts) {
    return facts
        .text(key)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "the subject is to have `" + key + "`, which the job does not have"));
  }

  private static String escape(String value) {
    return value.replace(":", "%3A");
  }
}
