package dev.tegata.aws;

/// Carries an [AwsError] from where it is found to the one place that answers the client.
///
/// It has no stack trace: a refusal is an answer, not a fault.
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient AwsError error;
  private final String authorizationMessage;
  private final String reason;

  public Refusal(AwsError error) {
    this(error, "");
  }

  /// A refusal by policies. `authorizationMessage` is sealed, for whoever may decode it; it may be
  /// empty.
  public Refusal(AwsError error, String authorizationMessage) {
    this(error, authorizationMessage, "");
  }

  private Refusal(AwsError error, String authorizationMessage, String reason) {
    super(error.wire().message(), null, false, false);
    this.error = error;
    this.authorizationMessage = authorizationMessage;
    this.reason = reason;
  }

  /// A refusal for a `reason` that the operator is told, and the client is not.
  public static Refusal because(String reason, AwsError error) {
    return new Refusal(error, "", reason);
  }

  /// What the operator is told beside the error; empty where that is the whole reason.
  public String reason() {
    return reason;
  }

  public AwsError error() {
    return error;
  }

  /// What DecodeAuthorizationMessage reads; empty where policies were not asked.
  public String authorizationMessage() {
    return authorizationMessage;
  }
}
