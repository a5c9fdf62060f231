package dev.tegata.s3;

import static dev.tegata.Golden.assertGolden;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.s3.Gateway.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksumTest {
  private static final String TYPE = "x-amz-checksum-type";

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

  private static Checksum.Algorithm algorithm(String name) {
    return Checksum.Algorithm.valueOf(name);
  }

  private static String sum(Checksum.Algorithm algorithm, String text) {
    Checksum.Digest digest = algorithm.start();
    byte[] bytes = text.getBytes(US_ASCII);
    digest.update(bytes, 0, bytes.length);
    return digest.finish();
  }

  @ParameterizedTest(name = "{0} of `{1}` is {2}")
  @CsvSource({
    "CRC32,     123456789, y/Q5Jg==", // cbf43926
    "CRC32C,    123456789, 4waSgw==", // e3069283
    "CRC64NVME, 123456789, rosUhgp5mIg=", // ae8b14860a799888
    "CRC64NVME, '',        AAAAAAAAAAA=",
    "SHA1,      abc,       qZk+NkcGgWq6PiVxeFDCbJzQ2J0=",
    "SHA256,    abc,       ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=",
  })
  void the_published_examples_come_out(String name, String text, String value) {
    assertThat(sum(algorithm(name), text)).isEqualTo(value);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void the_crc_64_of_bytes_does_not_depend_on_how_they_are_cut(int seed) {
    Random random = new Random(seed);
    byte[] bytes = new byte[random.nextInt(1000)];
    random.nextBytes(bytes);
    Crc64Nvme whole = new Crc64Nvme();
    whole.update(bytes, 0, bytes.length);
    Crc64Nvme single = new Crc64Nvme();
    for (byte b : bytes) {
      single.update(b);
    }
    Crc64Nvme pieces = new Crc64Nvme();
    int at = 0;
    while (at < bytes.length) {
      int n = Math.min(1 + random.nextInt(40), bytes.length - at);
      pieces.update(bytes, at, n);
      at += n;
    }
    assertThat(single.getValue()).isEqualTo(whole.getValue());
    assertThat(pieces.getValue()).isEqualTo(whole.getValue());
  }

  @ParameterizedTest
  @EnumSource(Checksum.Algorithm.class)
  void a_checksum_is_verified_kept_and_told_to_who_asks(Checksum.Algorithm algorithm) {
    String value = sum(algorithm, "data");
    Answer put =
        s3.put(
            "/b-1/key",
            "data",
            algorithm.header(),
            value,
            "x-amz-sdk-checksum-algorithm",
            algorithm.name());
    assertThat(put.status()).isEqualTo(200);
    assertThat(put.header(algorithm.header())).isEqualTo(value);
    assertThat(put.header(TYPE)).isEqualTo("FULL_OBJECT");
    for (String method : new String[] {"GET", "HEAD"}) {
      Answer told = s3.send(method, "/b-1/key", "", "x-amz-checksum-mode", "ENABLED");
      assertThat(told.header(algorithm.header())).isEqualTo(value);
      assertThat(told.header(TYPE)).isEqualTo("FULL_OBJECT");
    }
    assertThat(s3.get("/b-1/key").headers().first(algorithm.header())).isEmpty();
    assertThat(
            s3.get("/b-1/key", "x-amz-checksum-mode", "ENABLED", "Range", "bytes=0-1")
                .headers()
                .first(algorithm.header()))
        .isEmpty();
    assertThat(s3.get("/b-1?list-type=2").text())
        .contains("<ChecksumAlgorithm>" + algorithm + "</ChecksumAlgorithm>");
  }

  @ParameterizedTest
  @EnumSource(Checksum.Algorithm.class)
  void bytes_with_another_checksum_are_not_stored(Checksum.Algorithm algorithm) throws IOException {
    Answer refused = s3.put("/b-1/key", "data", algorithm.header(), sum(algorithm, "Data"));
    assertThat(refused.status()).isEqualTo(400);
    assertGolden(
        "s3/error-bad-digest-" + algorithm.name().toLowerCase(Locale.ROOT) + ".xml",
        refused.text());
    assertThat(s3.get("/b-1/key").status()).isEqualTo(404);
    assertThat(s3.files()).isZero();
  }

  @Test
  void bytes_with_another_md5_are_not_stored() throws IOException {
    String md5 = "jXd/OF09/siBXSD3SWAm3A=="; // of `data`
    assertThat(s3.put("/b-1/key", "data", "Content-MD5", md5).status()).isEqualTo(200);
    Answer refused = s3.put("/b-1/other", "Data", "Content-MD5", md5);
    assertGolden("s3/error-content-md5.xml", refused.text());
    assertThat(s3.get("/b-1/other").status()).isEqualTo(404);
  }

  @Test
  void an_object_without_a_checksum_gets_one() {
    assertThat(s3.put("/b-1/key", "data").header("x-amz-checksum-crc64nvme"))
        .isEqualTo(sum(Checksum.Algorithm.CRC64NVME, "data"));
  }

  @ParameterizedTest(name = "{0}: {1}, {2}: {3}")
  @CsvSource({
    "x-amz-checksum-crc32, AAAA, x-a, b, Value for x-amz-checksum-crc32 header is invalid.",
    "x-amz-checksum-sha256, !, x-a, b, Value for x-amz-checksum-sha256 header is invalid.",
    "x-amz-checksum-crc32, AAAAAA==, x-amz-checksum-crc32c, AAAAAA==, Expecting a single"
        + " x-amz-checksum- header. Multiple checksum Types are not allowed.",
    "x-amz-checksum-crc32, AAAAAA==, x-amz-trailer, x-amz-checksum-sha1, Expecting a single"
        + " x-amz-checksum- header. Multiple checksum Types are not allowed.",
    "x-amz-checksum-crc32, AAAAAA==, x-amz-sdk-checksum-algorithm, SHA1, Value for"
        + " x-amz-sdk-checksum-algorithm header is invalid.",
    "x-amz-sdk-checksum-algorithm, CRC32, x-a, b, 'x-amz-sdk-checksum-algorithm specified, but no"
        + " corresponding x-amz-checksum-* or x-amz-trailer headers were found.'",
  })
  void a_claim_that_nothing_can_fulfil_is_refused(
      String name, String value, String second, String secondValue, String message) {
    Answer refused = s3.put("/b-1/key", "data", name, value, second, secondValue);
    assertThat(refused.code()).isEqualTo("InvalidRequest");
    assertThat(refused.text()).contains("<Message>" + message + "</Message>");
  }

  @Test
  void a_trailer_that_was_announced_must_come() {
    Answer refused = s3.put("/b-1/key", "data", "x-amz-trailer", "x-amz-checksum-crc32");
    assertThat(refused.code()).isEqualTo("MalformedTrailerError");
    assertThat(s3.files()).isZero();
  }
}
