package dev.tegata.s3;

import static dev.tegata.s3.Gateway.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tegata.http.Headers;
import dev.tegata.http.HttpRequest;
import dev.tegata.s3.Gateway.Answer;
import dev.tegata.sigv4.HashedBody;
import dev.tegata.sigv4.Payload;
import dev.tegata.sigv4.RequestSigner;
import dev.tegata.sigv4.RequestSigner.Credentials;
import dev.tegata.sigv4.SecretAccessKey;
import dev.tegata.sigv4.SignatureCheck.VerifiedRequest;
import dev.tegata.sigv4.SignatureReading;
import dev.tegata.sigv4.SignatureReading.SignedRequest;
import dev.tegata.sigv4.SignatureVerifier;
import dev.tegata.sigv4.SigningKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadTest {
  private static final String DATA_CRC32 = "rfPzYw=="; // of `data`

  @TempDir private Path folder;
  private Gateway s3;

  @BeforeEach
  void open() {
    s3 = new Gateway(folder);
    s3.put("/b-1", "");
  }

  @AfterEach
  void close() {
    s3.close();
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  /// `data` in one chunk, with the trailer, as it is after its signature was checked.
  private static HttpRequest chunked(String trailer) {
    String body = "4\r\ndata\r\n0\r\n" + trailer + "\r\n\r\n";
    Headers headers =
        Headers.of(
            "Host", "localhost",
            "Content-Encoding", "aws-chunked",
            "Content-Length", Integer.toString(body.length()),
            "x-amz-decoded-content-length", "4",
            "x-amz-sdk-checksum-algorithm", "CRC32",
            "x-amz-trailer", "x-amz-checksum-crc32");
    SecretAccessKey secret = new SecretAccessKey("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
    Payload payload =
        new Payload.Chunked(
            Payload.Chunking.UNSIGNED_WITH_TRAILER, 4L, List.of("x-amz-checksum-crc32"));
    HttpRequest signed =
        new RequestSigner(new Credentials("AKIAIOSFODNN7EXAMPLE", secret, null), "us-east-1", "s3")
            .sign(Gateway.request("PUT", "/b-1/key", bytes(body), headers), payload, NOON);
    SignedRequest read = (SignedRequest) SignatureReading.of(signed);
    SigningKey key = SigningKey.derive(secret, read.signature().scope());
    VerifiedRequest verified =
        (VerifiedRequest) new SignatureVerifier(Duration.ZERO).verifyS3(read, key, NOON);
    return verified.request();
  }

  @Test
  void a_checksum_may_follow_the_body() throws IOException {
    try (InputStream body = s3.open(chunked("x-amz-checksum-crc32:" + DATA_CRC32)).body()) {
      assertThat(body).isEmpty();
    }
    Answer get = s3.get("/b-1/key", "x-amz-checksum-mode", "ENABLED");
    assertThat(get.text()).isEqualTo("data");
    assertThat(get.header("x-amz-checksum-crc32")).isEqualTo(DATA_CRC32);
    assertThat(get.headers().first("Content-Encoding")).isEmpty();
  }

  @Test
  void a_wrong_one_that_follows_is_found_out() throws IOException {
    for (String trailer : List.of("x-amz-checksum-crc32:AAAAAA==", "x-amz-checksum-crc32:A")) {
      try (InputStream body = s3.open(chunked(trailer)).body()) {
        assertThat(new String(body.readAllBytes(), UTF_8)).contains("<Error>");
      }
      assertThat(s3.get("/b-1/key").status()).isEqualTo(404);
      assertThat(s3.files()).isZero();
    }
  }

  @Test
  void a_body_that_was_not_signed_is_not_stored() {
    String hashOfOther = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    Answer refused =
        s3.send(
            "PUT",
            "/b-1/key",
            new HashedBody(bytes("data"), hashOfOther),
            Headers.of("Content-Length", "4"));
    assertThat(refused.code()).isEqualTo("XAmzContentSHA256Mismatch");
    assertThat(s3.get("/b-1/key").status()).isEqualTo(404);
    assertThat(s3.files()).isZero();
  }

  @Test
  void an_upload_that_breaks_off_leaves_the_old_object_and_no_file() {
    s3.put("/b-1/key", "old");
    Answer refused =
        s3.send(
            "PUT",
            "/b-1/key",
            new SequenceInputStream(new Generated(100_000), new Broken(new IOException("reset"))),
            Headers.of("Content-Length", "200000"));
    assertThat(refused.code()).isEqualTo("IncompleteBody");
    assertThat(s3.get("/b-1/key").text()).isEqualTo("old");
    assertThat(s3.files()).isEqualTo(1);
    Answer tooShort =
        s3.send("PUT", "/b-1/key", new Generated(99_999), Headers.of("Content-Length", "100000"));
    assertThat(tooShort.code()).isEqualTo("IncompleteBody");
    assertThat(s3.files()).isEqualTo(1);
  }

  @Test
  void a_fault_of_ours_leaves_no_file_either() {
    InputStream body =
        new SequenceInputStream(
            new Generated(100_000), new Broken(new IllegalStateException("a bug")));
    assertThatThrownBy(
            () -> s3.send("PUT", "/b-1/key", body, Headers.of("Content-Length", "200000")))
        .isInstanceOf(IllegalStateException.class);
    assertThat(s3.get("/b-1/key").status()).isEqualTo(404);
    assertThat(s3.files()).isZero();
  }

  @Test
  void a_transfer_takes_the_same_memory_whatever_the_size() throws IOException {
    transfer(1024 * 1024); // loads what has to be loaded
    long small = transfer(1024 * 1024);
    long large = transfer(200L * 1024 * 1024);
    assertThat(large - small).isLessThan(256 * 1024);
  }

  /// How many bytes of memory this thread asks for to store and read an object.
  private long transfer(long size) throws IOException {
    var thread = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = thread.getCurrentThreadAllocatedBytes();
    Answer put =
        s3.send(
            "PUT",
            "/b-1/key",
            new Generated(size),
            Headers.of("Content-Length", Long.toString(size)));
    assertThat(put.status()).isEqualTo(200);
    HttpRequest get =
        Gateway.request("GET", "/b-1/key", InputStream.nullInputStream(), Headers.of());
    try (InputStream body = s3.open(get).body()) {
      assertThat(body.transferTo(OutputStream.nullOutputStream())).isEqualTo(size);
    }
    return thread.getCurrentThreadAllocatedBytes() - before;
  }

  /// So many bytes out of nothing.
  private static final class Generated extends InputStream {
    private long left;

    Generated(long size) {
      this.left = size;
    }

    @Override
    public int read() {
      return left-- > 0 ? (int) (left & 0xff) : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) {
      if (left == 0) {
        return -1;
      }
      int n = (int) Math.min(count, left);
      left -= n;
      return n;
    }
  }

  /// A body that fails at once.
  private static final class Broken extends InputStream {
    private final Exception failure;

    Broken(Exception failure) {
      this.failure = failure;
    }

    @Override
    public int read() throws IOException {
      return read(new byte[1], 0, 1);
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
      if (failure instanceof IOException e) {
        throw e;
      }
      throw (RuntimeException) failure;
    }
  }
}
