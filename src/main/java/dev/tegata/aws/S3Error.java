package dev.tegata.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/// The refusals of S3: one line a failure; their wire forms are the rows of `s3-errors.tsv`.
///
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html>
public sealed interface S3Error extends AwsError {
  /// The largest object that one PutObject may bring.
  long MAX_PUT_BYTES = 5L * 1024 * 1024 * 1024;

  int MAX_KEY_BYTES = 1024;
  int MAX_METADATA_BYTES = 2048;

  /// By how much a client's clock may differ.
  Duration MAX_SKEW = Duration.ofMinutes(15);

  record AccessControlListNotSupported() implements S3Error {}

  record AccessDenied(String message) implements S3Error {}

  record AuthorizationHeaderMalformed(String reason) implements S3Error {}

  record AuthorizationQueryParametersError(String reason) implements S3Error {}

  record BadDigest(String message) implements S3Error {}

  record BucketAlreadyExists(String bucket) implements S3Error {}

  record BucketAlreadyOwnedByYou(String bucket) implements S3Error {}

  record BucketNotEmpty(String bucket) implements S3Error {}

  /// A chunk or the trailer of the body has another signature.
  record ChunkSignatureDoesNotMatch(String stringToSign, String provided) implements S3Error {}

  record ContentMd5Mismatch(String expected, String calculated) implements S3Error {}

  record EntityTooLarge(long size) implements S3Error {}

  /// `token` is the session token that was sent.
  record ExpiredToken(String token) implements S3Error {}

  record HeaderNotImplemented(String header) implements S3Error {}

  /// `names` are those of the header fields, with commas between them.
  record HeadersNotSigned(String names) implements S3Error {}

  record IllegalLocationConstraint(String constraint) implements S3Error {}

  record IncompleteBody() implements S3Error {}

  record InternalFailure() implements S3Error {}

  record InvalidAccessKeyId(String accessKeyId) implements S3Error {}

  record InvalidArgument(String message, String name, String value) implements S3Error {}

  record InvalidBucketAcl() implements S3Error {}

  record InvalidBucketName(String bucket) implements S3Error {}

  record InvalidBucketOwner(String account) implements S3Error {}

  record InvalidDigest(String md5) implements S3Error {}

  record InvalidLocationConstraint(String constraint) implements S3Error {}

  record InvalidPartNumber(String requested) implements S3Error {}

  record InvalidRange(String range, long size) implements S3Error {}

  record InvalidRequest(String message) implements S3Error {}

  record InvalidStorageClass(String storageClass) implements S3Error {}

  /// `token` is the session token that was sent.
  record InvalidToken(String token) implements S3Error {}

  record InvalidUri(String uri) implements S3Error {}

  record KeyTooLong(int size) implements S3Error {}

  record MalformedTrailer() implements S3Error {}

  record MalformedXml() implements S3Error {}

  record MaxMessageLengthExceeded(int limit) implements S3Error {}

  record MetadataTooLarge(int size) implements S3Error {}

  record MethodNotAllowed(String method, String resourceType) implements S3Error {}

  record MissingContentLength() implements S3Error {}

  record MissingSecurityHeader(String header) implements S3Error {}

  record NoSuchBucket(String bucket) implements S3Error {}

  record NoSuchKey(String key) implements S3Error {}

  /// A bucket was asked for a configuration that it has not; each kind has a code of its own.
  record NotConfigured(String code, String message, String bucket) implements S3Error {}

  record NotImplemented(String message) implements S3Error {}

  /// `condition` is the header that did not hold.
  record PreconditionFailed(String condition) implements S3Error {}

  /// A presigned request comes at `expiry` or later, `seconds` after it was signed.
  record RequestExpired(long seconds, Instant expiry, Instant serverTime) implements S3Error {}

  /// `requestTime` is the time as the client wrote it.
  record RequestTimeTooSkewed(String requestTime, Instant serverTime) implements S3Error {}

  record ServiceUnavailable() implements S3Error {}

  /// The body has another SHA-256 than its header says.
  record Sha256Mismatch(String declared, String computed) implements S3Error {}

  record SignatureDoesNotMatch(
      String accessKeyId, String stringToSign, String provided, String canonicalRequest)
      implements S3Error {}

  /// The credentials' scope names another region than the one that answers.
  record WrongRegion(String given, String expected) implements S3Error {}

  @Override
  default Wire wire() {
    return switch (this) {
      case AccessControlListNotSupported() -> wire("AccessControlListNotSupported");
      case AccessDenied(var message) -> wire("AccessDenied", message);
      case AuthorizationHeaderMalformed(var reason) -> wire("AuthorizationHeaderMalformed", reason);
      case AuthorizationQueryParametersError(var reason) ->
          wire("AuthorizationQueryParametersError", reason);
      case BadDigest(var message) -> wire("BadDigest", message);
      case BucketAlreadyExists(var bucket) -> wire("BucketAlreadyExists", bucket);
      case BucketAlreadyOwnedByYou(var bucket) -> wire("BucketAlreadyOwnedByYou", bucket);
      case BucketNotEmpty(var bucket) -> wire("BucketNotEmpty", bucket);
      case ChunkSignatureDoesNotMatch(var toSign, var provided) ->
          wire("ChunkSignatureDoesNotMatch", toSign, provided, hex(toSign));
      case ContentMd5Mismatch(var expected, var calculated) ->
          wire("ContentMd5Mismatch", expected, calculated);
      case EntityTooLarge(var size) -> wire("EntityTooLarge", size, MAX_PUT_BYTES);
      case ExpiredToken(var token) -> wire("ExpiredToken", token);
      case HeaderNotImplemented(var header) -> wire("HeaderNotImplemented", header);
      case HeadersNotSigned(var names) -> wire("HeadersNotSigned", names);
      case IllegalLocationConstraint(var constraint) ->
          wire("IllegalLocationConstraint", constraint);
      case IncompleteBody() -> wire("IncompleteBody");
      case InternalFailure() -> wire("InternalFailure");
      case InvalidAccessKeyId(var accessKeyId) -> wire("InvalidAccessKeyId", accessKeyId);
      case InvalidArgument(var message, var name, var value) ->
          wire("InvalidArgument", message, name, value);
      case InvalidBucketAcl() -> wire("InvalidBucketAcl");
      case InvalidBucketName(var bucket) -> wire("InvalidBucketName", bucket);
      case InvalidBucketOwner(var account) -> wire("InvalidBucketOwner", account);
      case InvalidDigest(var md5) -> wire("InvalidDigest", md5);
      case InvalidLocationConstraint(var constraint) ->
          wire("InvalidLocationConstraint", constraint);
      case InvalidPartNumber(var requested) -> wire("InvalidPartNumber", requested, 1);
      case InvalidRange(var range, var size) -> wire("InvalidRange", range, size);
      case InvalidRequest(var message) -> wire("InvalidRequest", message);
      case InvalidStorageClass(var storageClass) -> wire("InvalidStorageClass", storageClass);
      case InvalidToken(var token) -> wire("InvalidToken", token);
      case InvalidUri(var uri) -> wire("InvalidUri", uri);
      case KeyTooLong(var size) -> wire("KeyTooLong", size, MAX_KEY_BYTES);
      case MalformedTrailer() -> wire("MalformedTrailer");
      case MalformedXml() -> wire("MalformedXml");
      case MaxMessageLengthExceeded(var limit) -> wire("MaxMessageLengthExceeded", limit);
      case MetadataTooLarge(var size) -> wire("MetadataTooLarge", size, MAX_METADATA_BYTES);
      case MethodNotAllowed(var method, var resourceType) ->
          wire("MethodNotAllowed", method, resourceType);
      case MissingContentLength() -> wire("MissingContentLength");
      case MissingSecurityHeader(var header) -> wire("MissingSecurityHeader", header);
      case NoSuchBucket(var bucket) -> wire("NoSuchBucket", bucket);
      case NoSuchKey(var key) -> wire("NoSuchKey", key);
      case NotConfigured(var code, var message, var bucket) ->
          new Wire(code, 404, message, new TreeMap<>(Map.of("BucketName", bucket)));
      case NotImplemented(var message) -> wire("NotImplemented", message);
      case PreconditionFailed(var condition) -> wire("PreconditionFailed", condition);
      case RequestExpired(var seconds, var expiry, var now) ->
          wire(
              "RequestExpired",
              seconds,
              expiry.truncatedTo(ChronoUnit.SECONDS),
              now.truncatedTo(ChronoUnit.SECONDS));
      case RequestTimeTooSkewed(var time, var now) ->
          wire(
              "RequestTimeTooSkewed",
              time,
              now.truncatedTo(ChronoUnit.SECONDS),
              MAX_SKEW.toMillis());
      case ServiceUnavailable() -> wire("ServiceUnavailable");
      case Sha256Mismatch(var declared, var computed) -> wire("Sha256Mismatch", declared, computed);
      case SignatureDoesNotMatch(var id, var toSign, var provided, var canonical) ->
          wire(
              "SignatureDoesNotMatch",
              id,
              toSign,
              provided,
              hex(toSign),
              canonical,
              hex(canonical));
      case WrongRegion(var given, var expected) -> wire("WrongRegion", given, expected);
    };
  }

  private static Wire wire(String failure, Object... values) {
    return S3ErrorTable.wire(failure, values);
  }

  private static String hex(String text) {
    return HexFormat.ofDelimiter(" ").formatHex(text.getBytes(UTF_8));
  }
}
