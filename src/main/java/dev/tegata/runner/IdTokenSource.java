package dev.tegata.runner;

import java.net.URI;
import java.util.Optional;

/// Where a job gets the two variables from, with which its steps ask for ID tokens.
///
/// It is asked for jobs whose permissions allow ID tokens, and for no others.
///
/// Source:
/// <https://docs.github.com/en/actions/reference/security/oidc#methods-for-requesting-the-oidc-token>
@FunctionalInterface
public interface IdTokenSource {
  /// Opens what lasts until the job is over.
  Grant open(JobIdentity job);

  /// What of a job goes into its ID tokens. Everything else in them is the run's.
  record JobIdentity(String jobId, String jobName, Optional<String> environment) {}

  /// What one job may ask for ID tokens with.
  interface Grant extends AutoCloseable {
    /// `ACTIONS_ID_TOKEN_REQUEST_URL`. It has a query, since clients append `&audience=` to it.
    URI requestUrl();

    /// `ACTIONS_ID_TOKEN_REQUEST_TOKEN`, which the log hides.
    String requestToken();

    @Override
    void close();
  }
}
