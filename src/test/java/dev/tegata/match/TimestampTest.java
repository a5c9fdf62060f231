package dev.tegata.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "2026-09, 2026-09-01T00:00:00Z",
    "2026-09-11, 2026-09-11T00:00:00Z",
    "2026-09-11T10, 2026-09-11T10:00:00Z",
    "2026-09-11T10:47Z, 2026-09-11T10:47:00Z",
    "2026-09-11T10:47:01, 2026-09-11T10:47:01Z",
    "2026-09-11T10:47:01+02:00, 2026-09-11T08:47:01Z",
    "2026-09-11T10:47:01-23:59, 2026-09-12T10:46:01Z",
    "2026-09-11t1:2:3.4z, 2026-09-11T01:02:03.400Z",
    "2026-09-11T10:47:01.123456789+02, 2026-09-11T08:47:01.123Z",
    "1789123621, 2026-09-11T10:47:01Z",
    "2026, 1970-01-01T00:33:46Z",
    "0, 1970-01-01T00:00:00Z",
    "292278993-12-31T23:59:59.999-23:59, +292278994-01-01T23:58:59.999Z",
    "-292275054, -292275054-01-01T00:00:00Z"
  })
  void a_date_is_read_in_every_form(String text, Instant expected) {
    assertThat(Timestamp.parse(text).orElseThrow()).isEqualTo(expected.toEpochMilli());
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "",
        " ",
        "soon",
        "2026-13-01",
        "2026-02-30",
        "2026-09-11 10:47",
        "2026-09-11T24:00Z",
        "2026-09-11T10:60Z",
        "2026-09-11T10:47:60Z",
        "2026-09-11T10:47:01+2",
        "2026-09-11T10:47Zx",
        "2026-09-11T10:47:01.Z",
        "2026-09-11T10:47:01.1234567890Z",
        "+1789123621",
        "1789123621.5",
        "9223372036854775808",
        "2026-09-11T10:47:01+24:00",
        "2026-",
        "2026--1",
        "292278994-01-01",
        "999999999-12-31",
        "9999999999-12-31",
        "-292275055-12-31"
      })
  void what_is_no_date_is_none(String text) {
    assertThat(Timestamp.parse(text)).isEmpty();
  }
}
