package dev.tegata.authentication;

import dev.tegata.aws.AwsError;
import dev.tegata.aws.CommonError;
import dev.tegata.sigv4.AmzDate;
import dev.tegata.sigv4.SignatureFault;
import dev.tegata.sigv4.SignatureFault.ConflictingTokens;
import dev.tegata.sigv4.SignatureFault.Expired;
import dev.tegata.sigv4.SignatureFault.MalformedParameter;
import dev.tegata.sigv4.SignatureFault.MissingParameters;
import dev.tegata.sigv4.SignatureFault.NotYetValid;
import dev.tegata.sigv4.SignatureFault.SeveralSignatures;
import dev.tegata.sigv4.SignatureFault.Skewed;
import dev.tegata.sigv4.SignatureFault.UnsignedHeaders;
import dev.tegata.sigv4.SignatureFault.UnsupportedAlgorithm;
import dev.tegata.sigv4.SignatureFault.UnsupportedPayload;
import dev.tegata.sigv4.SignatureFault.WrongScopeDate;
import dev.tegata.sigv4.SignatureFault.WrongSignature;
import dev.tegata.sigv4.SignatureFault.WrongTerminator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/// The words of the Query services, STS and IAM.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html>
public final class QueryCredentialErrors implements CredentialErrors {

  @Override
  public AwsError unknownKey(String accessKeyId) {
    return new CommonError.InvalidClientTokenId();
  }

  @Override
  public AwsError malformedToken(String token) {
    return new CommonError.InvalidClientTokenId();
  }

  @Override
  public AwsError expiredToken(String token) {
    return new CommonError.ExpiredToken();
  }

  @Override
  public AwsError fault(SignatureFault fault, String accessKeyId) {
    return switch (fault) {
      case WrongSignature _ ->
          new CommonError.SignatureDoesNotMatch(CommonError.SIGNATURE_MISMATCH);
      case Skewed(var requestTime, var serverTime, var tolerance) ->
          new CommonError.SignatureDoesNotMatch(untimely(requestTime, serverTime, tolerance));
      case Expired(var requestTime, var expires, var serverTime) ->
          new CommonError.SignatureDoesNotMatch(
              untimely(requestTime.plus(expires), serverTime, Duration.ZERO));
      case NotYetValid(var requestTime, var serverTime) ->
          new CommonError.SignatureDoesNotMatch(untimely(requestTime, serverTime, Duration.ZERO));
      case WrongTerminator _ ->
          new CommonError.SignatureDoesNotMatch(
              "Credential should be scoped with a valid terminator: 'aws4_request'");
      case WrongScopeDate(var _, var scopeDate, var requestDate) ->
          new CommonError.SignatureDoesNotMatch(
              "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from"
                  + " HTTP: '%s' != '%s', from '%s'."
                      .formatted(scopeDate, requestDate, requestDate));
      case MissingParameters(var _, var names) ->
          new CommonError.IncompleteSignature(missing(names));
      case MalformedParameter(var _, var name, var value) ->
          new CommonError.IncompleteSignature(
              "'%s' is not a valid value of '%s'.".formatted(value, name));
      case UnsupportedAlgorithm(var _, var algorithm) ->
          new CommonError.IncompleteSignature("Unsupported AWS 'algorithm': '" + algorithm + "'");
      case UnsignedHeaders(var names) ->
          new CommonError.SignatureDoesNotMatch(
              names.stream()
                  .map(name -> "'" + name + "' must be a 'SignedHeader' in the AWS Authorization.")
                  .collect(Collectors.joining(" ")));
      case SeveralSignatures() ->
          new CommonError.IncompleteSignature("The request carries more than one signature.");
      case ConflictingTokens() -> new CommonError.InvalidClientTokenId();
      case UnsupportedPayload(var declared) ->
          new CommonError.IncompleteSignature(
              "'" + declared + "' is not a valid value of 'x-amz-content-sha256'.");
    };
  }

  private static String missing(List<String> names) {
    return names.stream()
        .map(name -> "Authorization header requires '" + name + "' parameter.")
        .collect(Collectors.joining(" "));
  }

  private static String untimely(Instant requestTime, Instant serverTime, Duration tolerance) {
    boolean isPast = requestTime.isBefore(serverTime);
    Instant edge = isPast ? serverTime.minus(tolerance) : serverTime.plus(tolerance);
    return "%s: %s is %s %s (%s %s %d min.)"
        .formatted(
            isPast ? "Signature expired" : "Signature not yet current",
            AmzDate.format(requestTime),
            isPast ? "now earlier than" : "still later than",
            AmzDate.format(edge),
            AmzDate.format(serverTime),
            isPast ? "-" : "+",
            tolerance.toMinutes());
  }
}
