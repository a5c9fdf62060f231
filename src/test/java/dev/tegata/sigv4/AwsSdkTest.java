package dev.tegata.sigv4;

import static dev.tegata.sigv4.Requests.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.http.Headers;
import dev.tegata.http.Headers.Field;
import dev.tegata.http.HttpRequest;
import dev.tegata.sigv4.Payload.Hashed;
import dev.tegata.sigv4.SignatureCheck.VerifiedRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.checksums.DefaultChecksumAlgorithm;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/// The signer of the AWS SDK, another's work, signs; what it signs verifies here.
class AwsSdkTest {
  private static final AwsV4HttpSigner SDK = AwsV4HttpSigner.create();
  private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);
  private static final List<String> SEGMENTS =
      List.of("", "a", ".", "..", "%2F", "%20", "%2B", "%25", "%E1%88%B4", "b~c", "x.y", "(d)");
  private static final List<String> TEXTS =
      List.of("", "a", "A", "a b", "a+b", "a=b&c", "ሴ", "%41", "~*'()", "a/b", "-");

  static IntStream seeds() {
    return IntStream.range(0, 100);
  }

  private static AwsCredentialsIdentity identity(Random random) {
    return random.nextBoolean()
        ? AwsCredentialsIdentity.create("AKIAIOSFODNN7EXAMPLE", Requests.SECRET.reveal())
        : AwsSessionCredentialsIdentity.create(
            "ASIAIOSFODNN7EXAMPLE", Requests.SECRET.reveal(), "IQoJb3JpZ2luX2VjEXAMPLE/+==");
  }

  /// A request such as no client would send on purpose. `(` and `)` are escaped for S3, as its
  /// clients do; no path climbs above the root, where Java and RFC 3986 differ.
  private static SdkHttpRequest request(Random random, boolean s3) {
    StringBuilder path = new StringBuilder(s3 ? "" : "/r/r/r/r/r/r");
    for (int i = 0; i <= random.nextInt(6); i++) {
      String segment = SEGMENTS.get(random.nextInt(SEGMENTS.size()));
      path.append('/').append(s3 ? segment.replace("(d)", "%28d%29") : segment);
    }
    SdkHttpRequest.Builder request =
        SdkHttpRequest.builder()
            .method(random.nextBoolean() ? SdkHttpMethod.PUT : SdkHttpMethod.POST)
            .protocol("https")
            .host("bucket.example.com")
            .encodedPath(path.toString())
            .appendHeader("Content-Type", "text/plain;  charset=utf-8 ")
            .appendHeader("User-Agent", "x")
            .appendHeader("x-amz-meta-a", " one   two ")
            .appendHeader("x-amz-meta-a", "three");
    for (int i = 0; i < random.nextInt(5); i++) {
      String name = "p" + TEXTS.get(random.nextInt(TEXTS.size()));
      request.appendRawQueryParameter(name, TEXTS.get(random.nextInt(TEXTS.size())));
    }
    return request.build();
  }

  private static SignRequest.Builder<AwsCredentialsIdentity> order(
      Random random, byte[] body, boolean s3) {
    return SignRequest.builder(identity(random))
        .request(request(random, s3))
        .payload(ContentStreamProvider.fromByteArray(body))
        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, s3 ? "s3" : "sts")
        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
        .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, !s3)
        .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, !s3)
        .putProperty(HttpSigner.SIGNING_CLOCK, CLOCK);
  }

  private static HttpRequest sent(
      software.amazon.awssdk.http.auth.spi.signer.SignedRequest signed) {
    SdkHttpRequest request = signed.request();
    List<Field> fields = new ArrayList<>();
    request
        .headers()
        .forEach((name, values) -> values.forEach(value -> fields.add(new Field(name, value))));
    return new HttpRequest(
        request.method().name(),
        request.encodedPath(),
        request.encodedQueryParameters().orElse(""),
        new Headers(fields),
        signed
            .payload()
            .map(ContentStreamProvider::newStream)
            .orElse(InputStream.nullInputStream()),
        "127.0.0.1",
        true);
  }

  private static byte[] body(Random random) {
    byte[] body = new byte[random.nextInt(20_000)];
    random.nextBytes(body);
    return body;
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void a_request_to_s3_verifies(int seed) throws IOException {
    Random random = new Random(seed);
    byte[] body = body(random);
    HttpRequest request = sent(SDK.sign(order(random, body, true).build()));
    VerifiedRequest verified = (VerifiedRequest) Requests.verifyS3(request);
    assertThat(verified.request().body().readAllBytes()).isEqualTo(body);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void a_request_to_another_service_verifies(int seed) {
    Random random = new Random(seed);
    byte[] body = body(random);
    HttpRequest request = sent(SDK.sign(order(random, body, false).build()));
    assertThat(Requests.verifySts(request, body)).isInstanceOf(VerifiedRequest.class);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void a_presigned_request_verifies(int seed) {
    Random random = new Random(seed);
    boolean s3 = random.nextBoolean();
    HttpRequest request =
        sent(
            SDK.sign(
                order(random, new byte[0], s3)
                    .putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                    .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, Duration.ofMinutes(5))
                    .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, !s3)
                    .build()));
    assertThat(s3 ? Requests.verifyS3(request) : Requests.verifySts(request, new byte[0]))
        .isInstanceOf(VerifiedRequest.class);
  }

  @ParameterizedTest(name = "signed {0}, trailer {1}: {2}")
  @CsvSource({
    "true,  false, STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
    "true,  true,  STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
    "false, true,  STREAMING-UNSIGNED-PAYLOAD-TRAILER"
  })
  void an_upload_in_chunks_verifies(boolean signed, boolean trailer, String marker)
      throws IOException {
    Random random = new Random(1);
    byte[] body = new byte[300_000];
    random.nextBytes(body);
    var order =
        order(random, body, true)
            .putProperty(AwsV4HttpSigner.CHUNK_ENCODING_ENABLED, true)
            .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, signed);
    if (trailer) {
      order.putProperty(AwsV4HttpSigner.CHECKSUM_ALGORITHM, DefaultChecksumAlgorithm.CRC32);
    }
    HttpRequest request = sent(SDK.sign(order.build()));
    assertThat(request.headers().first("x-amz-content-sha256")).contains(marker);
    VerifiedRequest verified = (VerifiedRequest) Requests.verifyS3(request);
    ChunkedBody decoded = (ChunkedBody) verified.request().body();
    assertThat(decoded.readAllBytes()).isEqualTo(body);
    assertThat(decoded.trailers().first("x-amz-checksum-crc32").isPresent()).isEqualTo(trailer);
  }

  @Test
  void the_same_request_gets_the_same_authorization_header() {
    SdkHttpRequest plain =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.GET)
            .protocol("https")
            .host("bucket.example.com")
            .encodedPath("/a//b/../c%20d%2Fe%2Bf")
            .appendRawQueryParameter("prefix", "a b+c/d")
            .appendRawQueryParameter("list-type", "2")
            .build();
    HttpRequest theirs =
        sent(
            SDK.sign(
                order(new Random(0), new byte[0], true)
                    .identity(
                        AwsCredentialsIdentity.create(
                            "AKIAIOSFODNN7EXAMPLE", Requests.SECRET.reveal()))
                    .request(plain)
                    .build()));
    HttpRequest unsigned =
        new HttpRequest(
            "GET",
            plain.encodedPath(),
            plain.encodedQueryParameters().orElseThrow(),
            Headers.of("Host", "bucket.example.com"),
            new ByteArrayInputStream(new byte[0]),
            "127.0.0.1",
            true);
    assertThat(Requests.S3.sign(unsigned, Hashed.EMPTY, NOON).headers().first("Authorization"))
        .isEqualTo(theirs.headers().first("Authorization"));
  }
}
