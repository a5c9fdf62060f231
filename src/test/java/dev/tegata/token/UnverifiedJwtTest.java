package dev.tegata.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tegata.token.Rejection.NotAJwt;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class UnverifiedJwtTest {
  private static final Instant NOON = Instant.parse("2026-09-11T12:00:00Z");

  /// In the table, what stands in angle brackets is put into base64url.
  @ParameterizedTest(name = "{0}: {2}")
  @CsvFileSource(
      resources = "/vectors/token/shapes.tsv",
      delimiter = '\t',
      quoteCharacter = '\'',
      numLinesToSkip = 1)
  void a_token_has_the_shape_of_a_jwt(String title, String token, String expected) {
    String found =
        switch (Verifier.examine(expand(token), NOON)) {
          case NotAJwt(var why) -> why;
          case Rejection _, PlausibleJwt _ -> "well formed";
        };
    assertThat(found).as(title).isEqualTo(expected);
  }

  private static String expand(String token) {
    StringBuilder out = new StringBuilder();
    int start = 0;
    for (int open = token.indexOf('<'); open >= 0; open = token.indexOf('<', start)) {
      int close = token.indexOf('>', open);
      out.append(token, start, open)
          .append(Base64Url.encode(token.substring(open + 1, close).getBytes(UTF_8)));
      start = close + 1;
    }
    return out.append(token, start, token.length()).toString();
  }

  @Test
  void a_token_has_at_most_20_000_characters() {
    String token = expand("<{\"alg\":\"RS256\"}>.<{}>.");
    String longest = token + "A".repeat(UnverifiedJwt.MAX_LENGTH - token.length());
    assertThat(UnverifiedJwt.parse(longest.substring(0, 19_999 - 19_999 % 4))).isNotNull();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UnverifiedJwt.parse(longest + "A"))
        .withMessage("longer than 20000 characters");
  }

  @Test
  void a_token_never_gets_into_a_log() {
    UnverifiedJwt jwt =
        UnverifiedJwt.parse(expand("<{\"alg\":\"RS256\",\"kid\":\"k\"}>.<{}>.AAAA"));
    assertThat(jwt).hasToString("UnverifiedJwt[alg=RS256, kid=k]");
  }

  @Tag("fuzz")
  @FuzzTest(maxDuration = "60s")
  void any_text_is_refused_with_a_reason(byte[] bytes) {
    TrustedIssuer issuer = new TrustedIssuer("i", Set.of("a"), SampleKeys.keys());
    Verification verification =
        switch (Verifier.examine(new String(bytes, UTF_8), NOON)) {
          case PlausibleJwt plausible -> Verifier.verify(plausible, issuer);
          case Rejection rejection -> rejection;
        };
    assertThat(((Rejection) verification).reason()).isNotBlank();
  }

  @Tag("fuzz")
  @FuzzTest(maxDuration = "60s")
  void any_payload_is_judged(byte[] payload) {
    String token =
        Base64Url.encode("{\"alg\":\"ES256\"}".getBytes(UTF_8))
            + "."
            + Base64Url.encode(payload)
            + ".AAAA";
    switch (Verifier.examine(token, NOON)) {
      case PlausibleJwt plausible -> assertThat(plausible.issuer()).isNotNull();
      case Rejection rejection -> assertThat(rejection.reason()).isNotBlank();
    }
  }
}
