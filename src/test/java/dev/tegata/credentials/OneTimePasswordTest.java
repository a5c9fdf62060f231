package dev.tegata.credentials;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OneTimePasswordTest {
  private final OneTimePassword device =
      new OneTimePassword("12345678901234567890".getBytes(US_ASCII));

  /// Source: <https://www.rfc-editor.org/rfc/rfc6238#appendix-B>, of which the last six digits.
  @ParameterizedTest
  @CsvSource({
    "59, 287082",
    "1111111109, 081804",
    "1111111111, 050471",
    "1234567890, 005924",
    "2000000000, 279037",
    "20000000000, 353130"
  })
  void the_digits_are_those_of_the_rfc(long epochSecond, String digits) {
    assertThat(device.at(OneTimePassword.step(Instant.ofEpochSecond(epochSecond))))
        .isEqualTo(digits);
  }

  @Test
  void a_code_is_found_within_the_given_steps_alone() {
    assertThat(device.find("287082", 0, 2)).isEqualTo(OptionalLong.of(1));
    assertThat(device.find("287082", 2, 9)).isEmpty();
    assertThat(device.find("28708", 0, 2)).isEmpty();
  }

  @Test
  void two_codes_must_follow_each_other() {
    assertThat(device.findPair(device.at(7), device.at(8), 0, 9)).isEqualTo(OptionalLong.of(7));
    assertThat(device.findPair(device.at(8), device.at(7), 0, 9)).isEmpty();
    assertThat(device.findPair(device.at(6), device.at(8), 0, 9)).isEmpty();
    assertThat(device.findPair(device.at(7), device.at(7), 0, 9)).isEmpty();
  }

  /// Source: <https://www.rfc-editor.org/rfc/rfc4648#section-10>
  @Test
  void a_seed_is_told_in_base32() {
    assertThat(Base32.encode("fooba".getBytes(US_ASCII))).isEqualTo("MZXW6YTB");
    assertThat(Base32.encode(new byte[] {-1, -1, -1, -1, -1, 0, 0, 0, 0, 0}))
        .isEqualTo("77777777AAAAAAAA");
  }
}
