package dev.tegata.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// The refusals of S3 that have to do with who signed a request: one line a failure, one row a wire
/// form.
///
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList>
public sealed interface S3SignatureError extends AwsError {
  record AuthorizationHeaderMalformed(String reason) implements S3SignatureError {}

  record AuthorizationQueryParametersError(String message) implements S3SignatureError {}

  record ExpiredToken(String token) implements S3SignatureError {}

  record HeadersNotSigned(List<String> names) implements S3SignatureError {
    public HeadersNotSigned {
      names = List.copyOf(names);
    }
  }

  record InvalidAccessKeyId(String accessKeyId) implements S3SignatureError {}

  record InvalidArgument(String message) implements S3SignatureError {}

  record InvalidRequest(String message) implements S3SignatureError {}

  record InvalidToken(String token) implements S3SignatureError {}

  record RequestExpired(Instant requestTime, Duration expires, Instant serverTime)
      implements S3SignatureError {}

  record RequestTimeTooSkewed(Instant requestTime, Instant serverTime, Duration tolerance)
      implements S3SignatureError {}

  record SignatureDoesNotMatch(
      String accessKeyId, String canonicalRequest, String stringToSign, String provided)
      implements S3SignatureError {}

  DateTimeFormatter BASIC =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  @Override
  default Wire wire() {
    return switch (this) {
      case AuthorizationHeaderMalformed(var reason) ->
          new Wire(
              "AuthorizationHeaderMalformed",
              400,
              "The authorization header is malformed; " + reason);
      case AuthorizationQueryParametersError(var message) ->
          new Wire("AuthorizationQueryParametersError", 400, message);
      case ExpiredToken(var token) ->
          new Wire(
              "ExpiredToken", 400, "The provided token has expired.", details("Token-0", token));
      case HeadersNotSigned(var names) ->
          new Wire(
              "AccessDenied",
              403,
              "There were headers present in the request which were not signed",
              details("HeadersNotSigned", String.join(", ", names)));
      case InvalidAccessKeyId(var accessKeyId) ->
          new Wire(
              "InvalidAccessKeyId",
              403,
              "The AWS Access Key Id you provided does not exist in our records.",
              details("AWSAccessKeyId", accessKeyId));
      case InvalidArgument(var message) -> new Wire("InvalidArgument", 400, message);
      case InvalidRequest(var message) -> new Wire("InvalidRequest", 400, message);
      case InvalidToken(var token) ->
          new Wire(
              "InvalidToken",
              400,
              "The provided token is malformed or otherwise invalid.",
              details("Token-0", token));
      case RequestExpired(var requestTime, var expires, var serverTime) ->
          new Wire(
              "AccessDenied",
              403,
              "Request has expired",
              details(
                  "X-Amz-Expires", Long.toString(expires.toSeconds()),
                  "Expires", seconds(requestTime.plus(expires)),
                  "ServerTime", seconds(serverTime)));
      case RequestTimeTooSkewed(var requestTime, var serverTime, var tolerance) ->
          new Wire(
              "RequestTimeTooSkewed",
              403,
              "The difference between the request time and the current time is too large.",
              details(
                  "RequestTime", BASIC.format(requestTime),
                  "ServerTime", seconds(serverTime),
                  "MaxAllowedSkewMilliseconds", Long.toString(tolerance.toMillis())));
      case SignatureDoesNotMatch mismatch -> mismatch(mismatch);
    };
  }

  private static Wire mismatch(SignatureDoesNotMatch mismatch) {
    return new Wire(
        "SignatureDoesNotMatch",
        403,
        "The request signature we calculated does not match the signature you provided. Check your"
            + " key and signing method.",
        details(
            "AWSAccessKeyId", mismatch.accessKeyId(),
            "StringToSign", mismatch.stringToSign(),
            "SignatureProvided", mismatch.provided(),
            "StringToSignBytes", bytes(mismatch.stringToSign()),
            "CanonicalRequest", mismatch.canonicalRequest(),
            "CanonicalRequestBytes", bytes(mismatch.canonicalRequest())));
  }

  private static String seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /// Bytes in hexadecimal with blanks between them, as S3 shows them.
  private static String bytes(String text) {
    return HexFormat.ofDelimiter(" ").formatHex(text.getBytes(UTF_8));
  }

  private static SequencedMap<String, String> details(String... namesAndValues) {
    SequencedMap<String, String> details = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      details.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return details;
  }
}
