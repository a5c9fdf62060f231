package dev.tegata.explain;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The subject of an ID token, or a policy's pattern for it, in the form of the issuer that writes
/// it. The parts of a pattern may hold wildcards.
///
/// Sources: <https://docs.github.com/en/actions/reference/security/oidc>,
/// <https://docs.gitlab.com/ci/secrets/id_token_authentication/>,
/// <https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/>,
/// <https://buildkite.com/docs/agent/cli/reference/oidc>,
/// <https://circleci.com/docs/guides/permissions-authentication/openid-connect-tokens/>
sealed interface Subject {

  /// GitHub: `repo:octo-org/octo-repo:ref:refs/heads/main`. Ids are there since July 2026 for new
  /// repositories, `repo:octo-org@1/octo-repo@2:…`, and empty before. `context` is what follows.
  record GitHub(String owner, String ownerId, String repo, String repoId, String context)
      implements Subject {}

  /// GitHub, with a subject that the organization or repository composed: `repository_owner:…`.
  record CustomGitHub(String text) implements Subject {}

  /// GitLab: `project_path:group/project:ref_type:branch:ref:main`.
  record GitLab(String project, String refType, String ref) implements Subject {}

  /// Kubernetes: `system:serviceaccount:namespace:name`.
  record Kubernetes(String namespace, String name) implements Subject {}

  /// Buildkite: `organization:acme:pipeline:app:ref:refs/heads/main:commit:…:step:…`.
  record Buildkite(String organization, String pipeline, String rest) implements Subject {}

  /// CircleCI: `org/<id>/project/<id>/user/<id>`, and possibly what the run was started from.
  record CircleCi(String organization, String project, String rest) implements Subject {}

  /// Reads a subject; empty when it has the form of none.
  static Optional<Subject> parse(String text) {
    return Forms.parse(text);
  }

  /// The regular expressions of the forms. They see subjects only when somebody asks for an
  /// explanation, never in a decision.
  final class Forms {
    private static final Pattern GITHUB =
        Pattern.compile("repo:([^/@:]+)(?:@([^/:]+))?/([^@:]+)(?:@([^:]+))?(?::(.*))?");
    private static final Pattern CUSTOM_GITHUB =
        Pattern.compile(
            "(?:repository|repository_owner|repository_id|repository_owner_id|job_workflow_ref"
                + "|repository_visibility|workflow|environment|actor|context):.*");
    private static final Pattern GITLAB =
        Pattern.compile("project_path:([^:]+)(?::ref_type:([^:]+))?(?::ref:(.*))?(?::?\\*)?");
    private static final Pattern KUBERNETES =
        Pattern.compile("system:serviceaccount:([^:]+):([^:]+)");
    private static final Pattern BUILDKITE =
        Pattern.compile("organization:([^:]+):pipeline:([^:]+)(?::(.*))?");
    private static final Pattern CIRCLECI =
        Pattern.compile("org/([^/]+)/project/([^/]+)(?:/(.*))?");

    private Forms() {}

    private static Optional<Subject> parse(String text) {
      Matcher github = GITHUB.matcher(text);
      if (github.matches()) {
        return Optional.of(
            new GitHub(
                part(github, 1),
                part(github, 2),
                part(github, 3),
                part(github, 4),
                part(github, 5)));
      }
      Matcher gitlab = GITLAB.matcher(text);
      if (gitlab.matches()) {
        return Optional.of(new GitLab(part(gitlab, 1), part(gitlab, 2), part(gitlab, 3)));
      }
      Matcher kubernetes = KUBERNETES.matcher(text);
      if (kubernetes.matches()) {
        return Optional.of(new Kubernetes(part(kubernetes, 1), part(kubernetes, 2)));
      }
      Matcher buildkite = BUILDKITE.matcher(text);
      if (buildkite.matches()) {
        return Optional.of(
            new Buildkite(part(buildkite, 1), part(buildkite, 2), part(buildkite, 3)));
      }
      Matcher circleci = CIRCLECI.matcher(text);
      if (circleci.matches()) {
        return Optional.of(new CircleCi(part(circleci, 1), part(circleci, 2), part(circleci, 3)));
      }
      return CUSTOM_GITHUB.matcher(text).matches()
          ? Optional.of(new CustomGitHub(text))
          : Optional.empty();
    }

    private static String part(Matcher matcher, int group) {
      String part = matcher.group(group);
      return part == null ? "" : part;
    }
  }
}
