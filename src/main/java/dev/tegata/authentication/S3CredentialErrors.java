package dev.tegata.authentication;

import dev.tegata.aws.AwsError;
import dev.tegata.aws.S3Error;
import dev.tegata.sigv4.AmzDate;
import dev.tegata.sigv4.Signature.Carrier;
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

/// The words of S3.
///
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList>
public final class S3CredentialErrors implements CredentialErrors {
  private static final String MISSING_QUERY =
      "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential,"
          + " X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.";
  private static final String MALFORMED_CREDENTIAL =
      "Error parsing the X-Amz-Credential parameter; the Credential is mal-formed; expecting"
          + " \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".";
  private static final String CONTENT_SHA256 = "X-Amz-Content-Sha256";

  @Override
  public AwsError unknownKey(String accessKeyId) {
    return new S3Error.InvalidAccessKeyId(accessKeyId);
  }

  @Override
  public AwsError malformedToken(String token) {
    return new S3Error.InvalidToken(token);
  }

  @Override
  public AwsError expiredToken(String token) {
    return new S3Error.ExpiredToken(token);
  }

  @Override
  public AwsError fault(SignatureFault fault, String accessKeyId) {
    return switch (fault) {
      case WrongSignature(var canonicalRequest, var stringToSign, var provided) ->
          new S3Error.SignatureDoesNotMatch(accessKeyId, stringToSign, provided, canonicalRequest);
      case Skewed(var requestTime, var serverTime, var _) ->
          new S3Error.RequestTimeTooSkewed(AmzDate.format(requestTime), serverTime);
      case Expired(var requestTime, var expires, var serverTime) ->
          new S3Error.RequestExpired(expires.toSeconds(), requestTime.plus(expires), serverTime);
      case NotYetValid(var requestTime, var serverTime) ->
          new S3Error.RequestTimeTooSkewed(AmzDate.format(requestTime), serverTime);
      case UnsignedHeaders(var names) -> new S3Error.HeadersNotSigned(String.join(", ", names));
      case ConflictingTokens() -> new S3Error.InvalidAccessKeyId(accessKeyId);
      case MissingParameters(var _, var names) when names.contains(CONTENT_SHA256) ->
          new S3Error.InvalidRequest(
              "Missing required header for this request: x-amz-content-sha256");
      case MissingParameters(var carrier, var names) ->
          malformed(carrier, MISSING_QUERY, "missing " + String.join(", ", names));
      case MalformedParameter(var carrier, var name, var value) ->
          malformed(
              carrier,
              name.equals("X-Amz-Credential") ? MALFORMED_CREDENTIAL : "Invalid value of " + name,
              "`" + value + "` is not a valid " + name);
      case WrongScopeDate(var carrier, var scopeDate, var requestDate) ->
          malformed(
              carrier,
              "Invalid credential date \"%s\". This date is not the same as X-Amz-Date: \"%s\"."
                  .formatted(scopeDate, requestDate),
              "Invalid credential date \"%s\". This date is not the same as X-Amz-Date: \"%s\"."
                  .formatted(scopeDate, requestDate));
      case WrongTerminator(var carrier, var terminator) ->
          malformed(
              carrier,
              MALFORMED_CREDENTIAL,
              "incorrect terminal \"%s\". This endpoint uses \"aws4_request\"."
                  .formatted(terminator));
      case UnsupportedAlgorithm _ ->
          new S3Error.InvalidRequest(
              "The authorization mechanism you have provided is not supported. Please use"
                  + " AWS4-HMAC-SHA256.");
      case SeveralSignatures() ->
          new S3Error.InvalidArgument(
              "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature"
                  + " query string parameter or the Authorization header should be specified",
              "Authorization",
              "");
      case UnsupportedPayload(var declared) ->
          new S3Error.InvalidArgument(
              "x-amz-content-sha256 must be UNSIGNED-PAYLOAD,"
                  + " STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD,"
                  + " STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a valid sha256 value.",
              "x-amz-content-sha256",
              declared);
    };
  }

  private static AwsError malformed(Carrier carrier, String inQuery, String inHeader) {
    return switch (carrier) {
      case QUERY -> new S3Error.AuthorizationQueryParametersError(inQuery);
      case AUTHORIZATION_HEADER ->
          new S3Error.AuthorizationHeaderMalformed(
              "The authorization header is malformed; " + inHeader);
    };
  }
}
