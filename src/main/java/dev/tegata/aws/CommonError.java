package dev.tegata.aws;

import java.util.List;

/// The refusals that every service of the Query protocol shares.
///
/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html>
public sealed interface CommonError extends AwsError {
  String SIGNATURE_MISMATCH =
      "The request signature we calculated does not match the signature you provided. Check your"
          + " AWS Secret Access Key and signing method. Consult the service documentation for"
          + " details.";

  /// `message` names the caller, the action and the kind of policy that refused.
  record AccessDenied(String message) implements CommonError {}

  record ExpiredToken() implements CommonError {}

  record IncompleteSignature(String message) implements CommonError {}

  record InternalFailure() implements CommonError {}

  record InvalidAction(String action, String version) implements CommonError {}

  record InvalidClientTokenId() implements CommonError {}

  record MalformedInput(String message) implements CommonError {}

  record MissingAction() implements CommonError {}

  record MissingAuthenticationToken() implements CommonError {}

  /// The request cannot be recorded, so it is not carried out.
  record ServiceUnavailable() implements CommonError {}

  record SignatureDoesNotMatch(String message) implements CommonError {}

  /// A message that is not one of the constraint messages.
  record ValidationError(String message) implements CommonError {}

  /// The constraint messages of one request, which AWS gives all at once.
  record ValidationErrors(List<String> violations) implements CommonError {
    public ValidationErrors {
      violations = List.copyOf(violations);
    }
  }

  @Override
  default Wire wire() {
    return switch (this) {
      case AccessDenied(var message) -> new Wire("AccessDenied", 403, message);
      case ExpiredToken() ->
          new Wire("ExpiredToken", 403, "The security token included in the request is expired");
      case IncompleteSignature(var message) -> new Wire("IncompleteSignature", 400, message);
      case InternalFailure() ->
          new Wire(
              "InternalFailure",
              500,
              "The request processing has failed because of an unknown error, exception or"
                  + " failure.");
      case InvalidAction(var action, var version) ->
          new Wire(
              "InvalidAction",
              400,
              "Could not find operation %s for version %s".formatted(action, version));
      case InvalidClientTokenId() ->
          new Wire(
              "InvalidClientTokenId",
              403,
              "The security token included in the request is invalid.");
      case MalformedInput(var message) -> new Wire("MalformedInput", 400, message);
      case MissingAction() ->
          new Wire(
              "MissingAction", 400, "The request is missing an action or a required parameter.");
      case MissingAuthenticationToken() ->
          new Wire("MissingAuthenticationToken", 403, "Request is missing Authentication Token");
      case ServiceUnavailable() ->
          new Wire(
              "ServiceUnavailable",
              503,
              "The request has failed due to a temporary failure of the server.");
      case SignatureDoesNotMatch(var message) -> new Wire("SignatureDoesNotMatch", 403, message);
      case ValidationError(var message) -> new Wire("ValidationError", 400, message);
      case ValidationErrors(var violations) ->
          new Wire(
              "ValidationError",
              400,
              "%d validation error%s detected: %s"
                  .formatted(
                      violations.size(),
                      violations.size() == 1 ? "" : "s",
                      String.join("; ", violations)));
    };
  }
}
