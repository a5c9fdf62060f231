package dev.tegata.sigv4;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.http.Headers;
import dev.tegata.http.HttpRequest;
import dev.tegata.sigv4.Payload.Chunked;
import dev.tegata.sigv4.Payload.Chunking;
import dev.tegata.sigv4.Payload.Hashed;
import dev.tegata.sigv4.RequestSigner.Credentials;
import dev.tegata.sigv4.SignatureReading.SignedRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What a signature costs: verifying it on each request, deriving its key once a day, reading a
/// mebibyte of signed body.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SignatureBench {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final SecretAccessKey SECRET =
      new SecretAccessKey("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
  private static final Credentials CREDENTIALS =
      new Credentials("ASIAIOSFODNN7EXAMPLE", SECRET, "T".repeat(800));
  private static final byte[] FORM = "Action=GetCallerIdentity&Version=2011-06-15".getBytes(UTF_8);
  private static final byte[] MEBIBYTE = new byte[1 << 20];
  private static final CredentialScope SCOPE = CredentialScope.at(NOON, "us-east-1", "s3");
  private static final Chunked CHUNKED = new Chunked(Chunking.SIGNED, 1L << 20, List.of());

  private final SignatureVerifier verifier = new SignatureVerifier(Duration.ofMinutes(15));
  private final SigningKey s3Key = SigningKey.derive(SECRET, SCOPE);
  private final SigningKey stsKey =
      SigningKey.derive(SECRET, CredentialScope.at(NOON, "us-east-1", "sts"));
  private final HttpRequest get =
      new RequestSigner(CREDENTIALS, "us-east-1", "s3")
          .sign(request("GET", "/bucket/a/key"), Hashed.EMPTY, NOON);
  private final HttpRequest post =
      new RequestSigner(CREDENTIALS, "us-east-1", "sts")
          .sign(request("POST", "/"), Hashed.of(FORM), NOON);
  private final Signature seed =
      new Signature("AKIAIOSFODNN7EXAMPLE", SCOPE, NOON, null, List.of("host"), "0".repeat(64));
  private final byte[] chunks =
      new ChunkEncoder(s3Key, Chunking.SIGNED, seed).encode(MEBIBYTE, 1 << 16, List.of());
  private final String canonicalRequest =
      CanonicalRequest.of(get, signed(get).signature(), Hashed.EMPTY);

  private static HttpRequest request(String method, String path) {
    return new HttpRequest(
        method,
        path,
        "",
        Headers.of(
            "Host", "127.0.0.1:8787",
            "User-Agent", "aws-cli/2.31.0",
            "Accept-Encoding", "identity",
            "amz-sdk-invocation-id", "2f6d1a34-6f0c-4b52-9b0c-0f4a3f1f9d11",
            "amz-sdk-request", "attempt=1",
            "Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),
        InputStream.nullInputStream(),
        "127.0.0.1",
        false);
  }

  private static SignedRequest signed(HttpRequest request) {
    return (SignedRequest) SignatureReading.of(request);
  }

  @Benchmark
  public SignatureReading readS3Get() {
    return SignatureReading.of(get);
  }

  @Benchmark
  public SignatureCheck readAndVerifyS3Get() {
    return verifier.verifyS3(signed(get), s3Key, NOON);
  }

  @Benchmark
  public SignatureCheck readAndVerifyStsPost() {
    return verifier.verify(signed(post), Hashed.of(FORM), stsKey, NOON);
  }

  /// What no implementation can do without: one hash of the canonical request and one HMAC.
  @Benchmark
  public String hashAndHmacAlone() {
    return s3Key.sign(Sha256.of(canonicalRequest));
  }

  @Benchmark
  public SigningKey deriveKey() {
    return SigningKey.derive(SECRET, SCOPE);
  }

  @Benchmark
  public long readMebibyteInSignedChunks() throws IOException {
    return new ChunkedBody(
            new ByteArrayInputStream(chunks), CHUNKED, new ChunkSignatures(s3Key, seed))
        .transferTo(OutputStream.nullOutputStream());
  }

  /// The bound for the one above.
  @Benchmark
  public String hashMebibyteAlone() {
    return Sha256.of(MEBIBYTE);
  }
}
