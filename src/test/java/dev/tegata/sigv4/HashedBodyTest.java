package dev.tegata.sigv4;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tegata.sigv4.BodyFault.HashMismatch;
import dev.tegata.sigv4.BodyFault.WrongLength;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class HashedBodyTest {
  private static final byte[] DATA = "Welcome to Amazon S3.".getBytes(UTF_8);
  private static final String HASH = Sha256.of(DATA);

  private static HashedBody body(String hash) {
    return new HashedBody(new ByteArrayInputStream(DATA), hash);
  }

  private static HashedBody body(String hash, long length) {
    return new HashedBody(new ByteArrayInputStream(DATA), hash, length);
  }

  private static BodyFault faultOf(ThrowingCallable reading) {
    return assertThatExceptionOfType(FaultyBodyException.class)
        .isThrownBy(reading)
        .actual()
        .fault();
  }

  @Test
  void the_right_bytes_pass() throws IOException {
    assertThat(body(HASH).readAllBytes()).isEqualTo(DATA);
    assertThat(body(HASH, DATA.length).readAllBytes()).isEqualTo(DATA);
  }

  @Test
  void an_empty_body_has_a_hash_too() throws IOException {
    ByteArrayInputStream nothing = new ByteArrayInputStream(new byte[0]);
    assertThat(new HashedBody(nothing, Sha256.OF_NOTHING, 0).read()).isEqualTo(-1);
  }

  @Test
  void other_bytes_never_come_to_their_end() {
    HashedBody body = body(Sha256.OF_NOTHING);
    assertThat(faultOf(body::readAllBytes)).isEqualTo(new HashMismatch(Sha256.OF_NOTHING, HASH));
    assertThat(faultOf(body::read)).isEqualTo(new HashMismatch(Sha256.OF_NOTHING, HASH));
  }

  @Test
  void a_reader_who_counts_need_not_wait_for_the_end() {
    HashedBody body = body(Sha256.OF_NOTHING, DATA.length);
    assertThat(faultOf(() -> body.readNBytes(DATA.length))).isInstanceOf(HashMismatch.class);
  }

  @Test
  void a_length_that_differs_is_told_apart_from_a_hash() {
    assertThat(faultOf(() -> body(HASH, DATA.length + 1).readAllBytes()))
        .isEqualTo(new WrongLength(DATA.length + 1, DATA.length));
    assertThat(faultOf(() -> body(HASH, 5).readAllBytes()))
        .isEqualTo(new WrongLength(5, DATA.length));
  }

  @Test
  void skipped_bytes_count() throws IOException {
    HashedBody body = body(HASH);
    body.skipNBytes(5);
    assertThat(body.readAllBytes()).hasSize(DATA.length - 5);
  }
}
