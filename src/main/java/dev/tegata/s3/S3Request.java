package dev.tegata.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.arn.Arn;
import dev.tegata.authorization.Call;
import dev.tegata.aws.Refusal;
import dev.tegata.aws.S3Error;
import dev.tegata.http.HttpRequest;
import dev.tegata.http.PercentEncoding;
import dev.tegata.http.Query;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A request to S3: what came over the wire, decoded, and what it is about.
record S3Request(HttpRequest http, Query query, Address address, Call call) {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final DateTimeFormatter AMZ_DATE =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /// The bucket and the key that a request names; each is empty where it names none.
  ///
  /// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html>
  record Address(String bucket, String key) {
    private static final Pattern BUCKET =
        Pattern.compile(
            "(?!xn--|sthree-|amzn-s3-demo-)(?!.*\\.\\.)(?!\\d+\\.\\d+\\.\\d+\\.\\d+$)"
                + "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]"
                + "(?<!-s3alias|--ol-s3|\\.mrap|--x-s3|--table-s3)");

    Address {
      if (!bucket.isEmpty() && !BUCKET.matcher(bucket).matches()) {
        throw new Refusal(new S3Error.InvalidBucketName(bucket));
      }
      int bytes = key.getBytes(UTF_8).length;
      if (bytes > S3Error.MAX_KEY_BYTES) {
        throw new Refusal(new S3Error.KeyTooLong(bytes));
      }
    }

    /// Reads the address out of a path, or out of the host's name and a path.
    static Address of(HttpRequest http, S3Service.Endpoint endpoint) {
      String path = http.rawPath().startsWith("/") ? http.rawPath().substring(1) : http.rawPath();
      try {
        Optional<String> hosted = endpoint.bucketOf(http.headers().first("Host").orElse(""));
        if (hosted.isPresent()) {
          return new Address(hosted.get(), PercentEncoding.decode(path));
        }
        int slash = path.indexOf('/');
        return slash < 0
            ? new Address(PercentEncoding.decode(path), "")
            : new Address(
                PercentEncoding.decode(path.substring(0, slash)),
                PercentEncoding.decode(path.substring(slash + 1)));
      } catch (IllegalArgumentException _) {
        throw new Refusal(new S3Error.InvalidUri(http.rawPath()));
      }
    }
  }

  static S3Request of(HttpRequest http, Call call, S3Service.Endpoint endpoint) {
    return new S3Request(http, query(http), Address.of(http, endpoint), call);
  }

  static Query query(HttpRequest http) {
    try {
      return Query.parse(http.rawQuery());
    } catch (IllegalArgumentException _) {
      throw new Refusal(new S3Error.InvalidUri(http.rawPath() + "?" + http.rawQuery()));
    }
  }

  String bucket() {
    return address.bucket();
  }

  String key() {
    return address.key();
  }

  Arn bucketArn() {
    return Arn.bucket(bucket());
  }

  Arn objectArn() {
    return Arn.object(bucket(), key());
  }

  Optional<String> header(String name) {
    return http.headers().first(name);
  }

  Optional<String> parameter(String name) {
    return query.first(name);
  }

  boolean hasVersion() {
    return query.has("versionId");
  }

  /// Refuses a version other than `null`, the only one that an object has.
  void requireCurrentVersion() {
    parameter("versionId").ifPresent(S3Request::requireCurrentVersion);
  }

  static void requireCurrentVersion(String version) {
    if (!version.equals("null")) {
      throw new Refusal(
          new S3Error.InvalidArgument("Invalid version id specified", "versionId", version));
    }
  }

  /// The parameter that says how many entries a page may have, at most `most`.
  int limit(String name, int most) {
    String text = parameter(name).orElse("");
    if (text.isEmpty()) {
      return most;
    }
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 0) {
        return Math.min(limit, most);
      }
      throw new Refusal(
          new S3Error.InvalidArgument(
              "Argument " + name + " must be an integer between 0 and 2147483647", name, text));
    } catch (NumberFormatException _) {
      throw new Refusal(
          new S3Error.InvalidArgument(
              "Provided " + name + " not an integer or within integer range", name, text));
    }
  }

  /// The time of the request in whole seconds, which is how S3 keeps and tells times.
  Instant time() {
    return Instant.ofEpochSecond(call.time().getEpochSecond());
  }

  /// The condition keys that every operation has.
  ///
  /// Source:
  /// <https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html>
  Map<String, List<String>> conditionKeys() {
    Map<String, List<String>> keys = new LinkedHashMap<>();
    boolean isPresigned = query.has("X-Amz-Signature");
    if (isPresigned || header("Authorization").isPresent()) {
      keys.put("s3:authType", List.of(isPresigned ? "REST-QUERY-STRING" : "REST-HEADER"));
      keys.put("s3:signatureversion", List.of(ALGORITHM));
    }
    header("x-amz-content-sha256")
        .ifPresent(hash -> keys.put("s3:x-amz-content-sha256", List.of(hash)));
    parameter("X-Amz-Date")
        .or(() -> header("x-amz-date"))
        .flatMap(this::signatureAge)
        .ifPresent(age -> keys.put("s3:signatureAge", List.of(age)));
    return keys;
  }

  private Optional<String> signatureAge(String date) {
    try {
      Instant signed = AMZ_DATE.parse(date, Instant::from);
      return Optional.of(Long.toString(Duration.between(signed, call.time()).toMillis()));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
