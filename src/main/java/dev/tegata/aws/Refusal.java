package dev.tegata.aws;

/// Carries an [AwsError] from where it is found to the one place that answers the client.
///
/// It has no stack trace: a refusal is an answer, not a fault.
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient AwsError error;

  public Refusal(AwsError error) {
    super(error.wire().message(), null, false, false);
    this.error = error;
  }

  public AwsError error() {
    return error;
  }
}
