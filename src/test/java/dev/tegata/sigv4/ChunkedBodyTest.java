package dev.tegata.sigv4;

import static dev.tegata.sigv4.Requests.NOON;
import static dev.tegata.sigv4.Requests.SECRET;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tegata.http.Headers;
import dev.tegata.sigv4.BodyFault.MalformedChunk;
import dev.tegata.sigv4.BodyFault.MalformedTrailer;
import dev.tegata.sigv4.BodyFault.Truncated;
import dev.tegata.sigv4.BodyFault.WrongChunkSignature;
import dev.tegata.sigv4.BodyFault.WrongLength;
import dev.tegata.sigv4.Payload.Chunked;
import dev.tegata.sigv4.Payload.Chunking;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ChunkedBodyTest {
  private static final CredentialScope SCOPE = CredentialScope.at(NOON, "us-east-1", "s3");
  private static final SigningKey KEY = SigningKey.derive(SECRET, SCOPE);
  private static final Signature SEED =
      new Signature("AKIAIOSFODNN7EXAMPLE", SCOPE, NOON, null, List.of("host"), "0".repeat(64));
  private static final List<String> CRC = List.of("x-amz-checksum-crc32");
  private static final byte[] DATA = "Welcome to Amazon S3.".getBytes(UTF_8);

  private static Chunked payload(Chunking chunking, @Nullable Long decodedLength) {
    return new Chunked(chunking, decodedLength, chunking.hasTrailer() ? CRC : List.of());
  }

  private static ChunkedBody body(Chunked payload, byte[] encoded) {
    return new ChunkedBody(
        new ByteArrayInputStream(encoded), payload, new ChunkSignatures(KEY, SEED));
  }

  private static byte[] encoded(Chunking chunking, byte[] data, int chunkBytes) {
    return new ChunkEncoder(KEY, chunking, SEED)
        .encode(data, chunkBytes, payload(chunking, null).trailers());
  }

  private static BodyFault faultOf(InputStream body) {
    BodyFault fault =
        assertThatExceptionOfType(FaultyBodyException.class)
            .isThrownBy(body::readAllBytes)
            .actual()
            .fault();
    assertThatExceptionOfType(FaultyBodyException.class).isThrownBy(body::read);
    return fault;
  }

  private static BodyFault unsignedFault(@Nullable Long decodedLength, String text) {
    return faultOf(
        body(payload(Chunking.UNSIGNED_WITH_TRAILER, decodedLength), text.getBytes(ISO_8859_1)));
  }

  /// Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html>
  @Test
  void the_published_upload_verifies() throws IOException {
    ChunkedBody body =
        published(
            Chunking.SIGNED,
            "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9",
            "10000;chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648",
            "400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497",
            "0;chunk-signature=b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9");
    assertThat(body.readAllBytes()).hasSize(66_560).containsOnly('a');
    assertThat(body.trailers().fields()).isEmpty();
  }

  /// Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html>
  @Test
  void the_published_upload_with_a_trailer_verifies() throws IOException {
    ChunkedBody body =
        published(
            Chunking.SIGNED_WITH_TRAILER,
            "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e",
            "10000;chunk-signature=b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2",
            "400;chunk-signature=1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7",
            """
            0;chunk-signature=2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992\r
            x-amz-checksum-crc32c:sOO8/Q==\r
            x-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\
            """);
    assertThat(body.readAllBytes()).hasSize(66_560).containsOnly('a');
    assertThat(body.trailers()).isEqualTo(Headers.of("x-amz-checksum-crc32c", "sOO8/Q=="));
  }

  private static ChunkedBody published(
      Chunking chunking, String seed, String first, String second, String end) {
    Instant time = Instant.parse("2013-05-24T00:00:00Z");
    CredentialScope scope = CredentialScope.at(time, "us-east-1", "s3");
    Signature signature =
        new Signature("AKIAIOSFODNN7EXAMPLE", scope, time, null, List.of("host"), seed);
    String encoded =
        first
            + "\r\n"
            + "a".repeat(65_536)
            + "\r\n"
            + second
            + "\r\n"
            + "a".repeat(1024)
            + "\r\n"
            + end
            + "\r\n\r\n";
    return new ChunkedBody(
        new ByteArrayInputStream(encoded.getBytes(UTF_8)),
        new Chunked(
            chunking,
            66_560L,
            chunking.hasTrailer() ? List.of("x-amz-checksum-crc32c") : List.of()),
        new ChunkSignatures(SigningKey.derive(SECRET, scope), signature));
  }

  /// Three trailers after the published chunks, signed with the published result.
  ///
  /// Source: <https://github.com/awslabs/aws-c-auth/blob/main/tests/aws_signing_tests.c>
  @Test
  void several_trailers_are_signed_together() throws IOException {
    Instant time = Instant.parse("2013-05-24T00:00:00Z");
    CredentialScope scope = CredentialScope.at(time, "us-east-1", "s3");
    String lastChunk = "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9";
    Signature last = new Signature("A", scope, time, null, List.of("host"), lastChunk);
    String trailer =
        """
        first:1st\r
        second:2nd\r
        third:3rd\r
        x-amz-trailer-signature:df5735bd9f3295cd9386572292562fefc93ba94e80a0a1ddcbd652c4e0a75e6c\r
        \r
        """;
    TrailerReader reader =
        new TrailerReader(
            new LineInput(new ByteArrayInputStream(trailer.getBytes(UTF_8)), 64),
            new Chunked(Chunking.SIGNED_WITH_TRAILER, null, List.of("first", "second", "third")),
            new ChunkSignatures(SigningKey.derive(SECRET, scope), last));
    assertThat(reader.read())
        .isEqualTo(Headers.of("first", "1st", "second", "2nd", "third", "3rd"));
  }

  static Stream<Arguments> seeds() {
    return IntStream.range(0, 20)
        .boxed()
        .flatMap(seed -> Stream.of(Chunking.values()).map(form -> Arguments.of(seed, form)));
  }

  @ParameterizedTest(name = "seed {0}, {1}")
  @MethodSource("seeds")
  void what_is_encoded_is_decoded(int seed, Chunking chunking) throws IOException {
    Random random = new Random(seed);
    byte[] data = new byte[random.nextInt(50_000)];
    random.nextBytes(data);
    byte[] encoded = encoded(chunking, data, 1 + random.nextInt(20_000));
    Long declared = random.nextBoolean() ? (long) data.length : null;
    ChunkedBody body = body(payload(chunking, declared), encoded);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream();
    byte[] piece = new byte[1 + random.nextInt(10_000)];
    for (int n = body.read(piece); n >= 0; n = body.read(piece)) {
      decoded.write(piece, 0, n);
    }
    assertThat(decoded.toByteArray()).isEqualTo(data);
    assertThat(body.read()).isEqualTo(-1);
    assertThat(body.trailers().first("x-amz-checksum-crc32").isPresent())
        .isEqualTo(chunking.hasTrailer());
  }

  @ParameterizedTest
  @EnumSource(names = {"SIGNED", "SIGNED_WITH_TRAILER"})
  void no_changed_byte_of_a_signed_body_passes(Chunking chunking) {
    byte[] encoded = encoded(chunking, DATA, 8);
    for (int i = 0; i < encoded.length; i++) {
      byte[] changed = encoded.clone();
      changed[i] ^= 1;
      faultOf(body(payload(chunking, (long) DATA.length), changed));
      faultOf(body(payload(chunking, null), changed));
    }
  }

  @ParameterizedTest
  @EnumSource
  void no_shortened_body_passes(Chunking chunking) {
    byte[] encoded = encoded(chunking, DATA, 8);
    for (int length = 0; length < encoded.length; length++) {
      byte[] cut = Arrays.copyOf(encoded, length);
      assertThat(faultOf(body(payload(chunking, null), cut))).isEqualTo(new Truncated());
    }
  }

  @Test
  void a_signed_chunk_cannot_be_left_out_or_moved() {
    ChunkEncoder encoder = new ChunkEncoder(KEY, Chunking.SIGNED, SEED);
    int first = encoder.chunk("one".getBytes(UTF_8)).bytes().length;
    byte[] encoded = encoder.chunk("two".getBytes(UTF_8)).chunk(new byte[0]).raw("\r\n").bytes();
    byte[] without = Arrays.copyOfRange(encoded, first, encoded.length);
    assertThat(faultOf(body(payload(Chunking.SIGNED, null), without)))
        .isInstanceOf(WrongChunkSignature.class);
  }

  @Test
  void a_wrong_chunk_signature_tells_what_was_to_be_signed() {
    String header = "3;chunk-signature=" + "f".repeat(64) + "\r\n";
    assertThat(faultOf(body(payload(Chunking.SIGNED, null), (header + "one\r\n").getBytes(UTF_8))))
        .isEqualTo(
            new WrongChunkSignature(
                """
                AWS4-HMAC-SHA256-PAYLOAD
                20261122T120000Z
                20261122/us-east-1/s3/aws4_request
                %s
                e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
                7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed\
                """
                    .formatted("0".repeat(64)),
                "f".repeat(64)));
  }

  @Test
  void a_reader_who_counts_need_not_wait_for_the_end() throws IOException {
    byte[] encoded = encoded(Chunking.SIGNED_WITH_TRAILER, DATA, 8);
    Chunked payload = payload(Chunking.SIGNED_WITH_TRAILER, (long) DATA.length);
    ChunkedBody body = body(payload, encoded);
    assertThat(body.readNBytes(DATA.length)).isEqualTo(DATA);
    assertThat(body.trailers().first("x-amz-checksum-crc32")).contains("AAAAAA==");
    encoded[encoded.length - 5] ^= 1;
    assertThatExceptionOfType(FaultyBodyException.class)
        .isThrownBy(() -> body(payload, encoded).readNBytes(DATA.length));
  }

  @Test
  void trailers_are_known_only_at_the_end() {
    ChunkedBody body = body(payload(Chunking.SIGNED, null), encoded(Chunking.SIGNED, DATA, 8));
    assertThatIllegalStateException().isThrownBy(body::trailers);
  }

  @Test
  void the_data_have_the_length_that_was_declared() {
    String encoded = "3\r\none\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n";
    assertThat(unsignedFault(4L, encoded)).isEqualTo(new WrongLength(4, 3));
    assertThat(unsignedFault(2L, encoded)).isEqualTo(new WrongLength(2, 3));
  }

  @Test
  void a_huge_chunk_costs_nothing_until_it_comes() {
    assertThat(unsignedFault(null, "fffffffffffffff\r\nabc")).isEqualTo(new Truncated());
  }

  @Test
  void a_broken_chunk_is_refused() {
    for (String chunk :
        List.of(
            "\r\n",
            "x\r\n",
            "-1\r\na",
            "+1\r\na",
            "1000000000000000\r\n",
            "3\none\n",
            "3 \r\none\r\n",
            "3;chunk-signature=0\r\none\r\n",
            "3\r\nfour\r\n0\r\n",
            "1" + "0".repeat(300))) {
      assertThat(unsignedFault(null, chunk)).as(chunk).isInstanceOf(MalformedChunk.class);
    }
    byte[] unsigned = "3\r\none\r\n0\r\n\r\n".getBytes(UTF_8);
    assertThat(faultOf(body(payload(Chunking.SIGNED, null), unsigned)))
        .isInstanceOf(MalformedChunk.class);
  }

  @Test
  void a_broken_trailer_is_refused() {
    for (String trailer :
        List.of(
            "\r\n",
            "x-amz-checksum-crc32\r\n\r\n",
            ":AAAAAA==\r\n\r\n",
            "x-amz-checksum-crc32c:AAAAAA==\r\n\r\n",
            "x-amz-checksum-crc32:AAAAAA==\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n",
            "x-amz-checksum-crc32:AAAAAA==\r\nx-amz-meta-a:b\r\n\r\n",
            "x-amz-checksum-crc32:AAAAAA==\n\n",
            "x-amz-checksum-crc32:AAAAAA==\r\n\r\nmore",
            "x-amz-checksum-crc32:" + "A".repeat(9000) + "\r\n\r\n",
            "a:b\r\n".repeat(5000))) {
      assertThat(unsignedFault(0L, "0\r\n" + trailer))
          .as(trailer)
          .isInstanceOf(MalformedTrailer.class);
    }
  }

  @Test
  void a_signed_trailer_without_its_signature_is_refused() {
    byte[] encoded =
        new ChunkEncoder(KEY, Chunking.SIGNED_WITH_TRAILER, SEED)
            .chunk(new byte[0])
            .raw("x-amz-checksum-crc32:AAAAAA==\r\n\r\n")
            .bytes();
    assertThat(faultOf(body(payload(Chunking.SIGNED_WITH_TRAILER, 0L), encoded)))
        .isInstanceOf(MalformedTrailer.class);
  }

  @Test
  void a_body_without_a_trailer_has_none() {
    byte[] encoded =
        new ChunkEncoder(KEY, Chunking.SIGNED, SEED)
            .chunk(new byte[0])
            .raw("x-amz-checksum-crc32:AAAAAA==\r\n\r\n")
            .bytes();
    assertThat(faultOf(body(payload(Chunking.SIGNED, 0L), encoded)))
        .isInstanceOf(MalformedTrailer.class);
  }

  @FuzzTest(maxDuration = "60s")
  @Tag("fuzz")
  void no_bytes_break_the_decoder(FuzzedDataProvider data) throws IOException {
    Chunked payload =
        new Chunked(
            data.pickValue(Chunking.values()),
            data.consumeBoolean() ? data.consumeLong() : null,
            data.consumeBoolean() ? CRC : List.of());
    byte[] encoded = data.consumeRemainingAsBytes();
    try {
      byte[] decoded = body(payload, encoded).readAllBytes();
      assertThat(payload.chunking()).isEqualTo(Chunking.UNSIGNED_WITH_TRAILER);
      assertThat(decoded).hasSizeLessThan(encoded.length);
    } catch (FaultyBodyException refused) {
      assertThat(refused.fault()).isNotNull();
    }
  }

  @FuzzTest(maxDuration = "60s")
  @Tag("fuzz")
  void whatever_is_encoded_is_decoded(FuzzedDataProvider data) throws IOException {
    Chunking chunking = data.pickValue(Chunking.values());
    int chunkBytes = data.consumeInt(1, 70_000);
    byte[] plain = data.consumeRemainingAsBytes();
    byte[] encoded = encoded(chunking, plain, chunkBytes);
    assertThat(body(payload(chunking, (long) plain.length), encoded).readAllBytes())
        .isEqualTo(plain);
  }
}
