package dev.tegata.api;

/// Carries a [GithubError] to the one place that answers the client.
///
/// It has no stack trace: a refusal is an answer, not a fault.
final class GithubRefusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient GithubError error;

  GithubRefusal(GithubError error) {
    super(error.wire().message(), null, false, false);
    this.error = error;
  }

  GithubError error() {
    return error;
  }
}
