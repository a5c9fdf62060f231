package dev.tegata.sigv4;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tegata.sigv4.BodyFault.HashMismatch;
import dev.tegata.sigv4.BodyFault.WrongLength;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class HashedBodyTest {
  private static final byte[] DATA = "Welcome to Amazon S3.".getBytes(UTF_8);
  private static final String HASH = Sha256.of(DATA);
  private static final OptionalLong UNKNOWN = OptionalLong.empty();

  private static HashedBody body(String hash, OptionalLong length) {
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
    assertThat(body(HASH, UNKNOWN).readAllBytes()).isEqualTo(DATA);
    assertThat(body(HASH, OptionalLong.of(DATA.length)).readAllBytes()).isEqualTo(DATA);
  }

  @Test
  void an_empty_body_has_a_hash_too() throws IOException {
    ByteArrayInputStream nothing = new ByteArrayInputStream(new byte[0]);
    assertThat(new HashedBody(nothing, Sha256.OF_NOTHING, OptionalLong.of(0)).read()).isEqualTo(-1);
  }

  @Test
  void other_bytes_never_come_to_their_end() {
    HashedBody body = body(Sha256.OF_NOTHING, UNKNOWN);
    assertThat(faultOf(body::readAllBytes)).isEqualTo(new HashMismatch(Sha256.OF_NOTHING, HASH));
    assertThat(faultOf(body::read)).isEqualTo(new HashMismatch(Sha256.OF_NOTHING, HASH));
  }

  @Test
  void a_reader_who_counts_need_not_wait_for_the_end() {
    HashedBody body = body(Sha256.OF_NOTHING, OptionalLong.of(DATA.length));
    assertThat(faultOf(() -> body.readNBytes(DATA.length))).isInstanceOf(HashMismatch.class);
  }

  @Test
  void a_length_that_differs_is_told_apart_from_a_hash() {
    assertThat(faultOf(() -> body(HASH, OptionalLong.of(DATA.length + 1)).readAllBytes()))
        .isEqualTo(new WrongLength(DATA.length + 1, DATA.length));
    assertThat(faultOf(() -> body(HASH, OptionalLong.of(5)).readAllBytes()))
        .isInstanceOf(WrongLength.class);
  }

  @Test
  void skipped_bytes_count() throws IOException {
    HashedBody body = body(HASH, UNKNOWN);
    body.skipNBytes(5);
    assertThat(body.readAllBytes()).hasSize(DATA.length - 5);
  }
}
