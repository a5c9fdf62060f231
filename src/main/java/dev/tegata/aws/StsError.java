package dev.tegata.aws;

/// The refusals of the Security Token Service: one line a failure, one row a wire form.
///
/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html>
public sealed interface StsError extends AwsError {
  /// Times are epoch seconds; `now` is already moved by the tolerance, as AWS prints it.
  record ExpiredToken(long now, long expiry) implements StsError {}

  record IdpRejectedClaim(String reason) implements StsError {}

  record InvalidIdentityToken(String reason) implements StsError {}

  record InvalidAuthorizationMessage() implements StsError {}

  /// Tags that contradict each other.
  record InvalidParameterValue(String message) implements StsError {}

  record JwtPayloadSizeExceeded() implements StsError {}

  record MalformedPolicyDocument(String reason) implements StsError {}

  record OutboundFederationDisabled() implements StsError {}

  record PackedPolicyTooLarge(int percent) implements StsError {}

  record SessionDurationEscalation() implements StsError {}

  /// The token claims no subject that can be named.
  record UnknownTokenError() implements StsError {}

  @Override
  default Wire wire() {
    return switch (this) {
      case ExpiredToken(var now, var expiry) ->
          new Wire(
              "ExpiredTokenException",
              400,
              "Token expired: current date/time %d must be before the expiration date/time %d"
                  .formatted(now, expiry));
      case IdpRejectedClaim(var reason) -> new Wire("IDPRejectedClaim", 403, reason);
      case InvalidIdentityToken(var reason) -> new Wire("InvalidIdentityToken", 400, reason);
      case InvalidAuthorizationMessage() ->
          new Wire("InvalidAuthorizationMessageException", 400, "Message is not valid");
      case InvalidParameterValue(var message) -> new Wire("InvalidParameterValue", 400, message);
      case JwtPayloadSizeExceeded() ->
          new Wire(
              "JWTPayloadSizeExceededException",
              400,
              "The requested token payload size exceeds the maximum allowed size. Reduce the number"
                  + " of request tags included in the GetWebIdentityToken API call to reduce the"
                  + " token payload size.");
      case OutboundFederationDisabled() ->
          new Wire(
              "OutboundWebIdentityFederationDisabledException",
              403,
              "The outbound web identity federation feature is not enabled for this account. To use"
                  + " this feature, you must first enable it through the Amazon Web Services"
                  + " Management Console or API.");
      case SessionDurationEscalation() ->
          new Wire(
              "SessionDurationEscalationException",
              403,
              "The requested token duration would extend the session beyond its original expiration"
                  + " time. You cannot use this operation to extend the lifetime of a session beyond"
                  + " what was granted when the session was originally created.");
      case MalformedPolicyDocument(var reason) -> new Wire("MalformedPolicyDocument", 400, reason);
      case PackedPolicyTooLarge(var percent) ->
          new Wire(
              "PackedPolicyTooLarge",
              400,
              "Packed size of policy and tags consumes %d%% of allotted space.".formatted(percent));
      case UnknownTokenError() ->
          new Wire("InternalFailure", 500, "Unknown error validating third-party token");
    };
  }
}
