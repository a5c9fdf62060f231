package dev.tegata.sigv4;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class CanonicalUriTest {

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "/vectors/sigv4/canonical-paths.csv", numLinesToSkip = 1)
  void a_path_has_one_form_at_s3_and_another_elsewhere(
      @Nullable String raw, String s3, String other) {
    assertThat(CanonicalUri.s3Path(orEmpty(raw))).isEqualTo(s3);
    assertThat(CanonicalUri.path(orEmpty(raw))).isEqualTo(other);
  }

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "/vectors/sigv4/canonical-queries.csv", numLinesToSkip = 1)
  void a_query_has_one_form(@Nullable String raw, @Nullable String canonical) {
    assertThat(CanonicalUri.query(orEmpty(raw))).isEqualTo(orEmpty(canonical));
  }

  private static String orEmpty(@Nullable String field) {
    return field == null ? "" : field;
  }
}
