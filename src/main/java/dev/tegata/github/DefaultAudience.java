package dev.tegata.github;

import dev.tegata.github.WorkflowRun.Repository;

/// Whom a token is for when the job does not say.
///
/// Source: <https://docs.github.com/en/actions/reference/security/oidc>
public enum DefaultAudience {
  /// `https://github.com/octo-org`, as today.
  OWNER,
  /// `https://github.com/octo-org/octo-repo`, as before October 2021.
  REPOSITORY;

  String of(Repository repository) {
    return "https://github.com/"
        + switch (this) {
          case OWNER -> repository.owner().name();
          case REPOSITORY -> repository.fullName();
        };
  }
}
