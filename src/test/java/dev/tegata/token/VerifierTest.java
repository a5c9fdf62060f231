package dev.tegata.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.json.JsonValue.JsonObject;
import dev.tegata.token.Rejection.BadSignature;
import dev.tegata.token.Rejection.Expired;
import dev.tegata.token.Rejection.IssuedInFuture;
import dev.tegata.token.Rejection.IssuerNotTrusted;
import dev.tegata.token.Rejection.NotYetValid;
import dev.tegata.token.Verification.Verified;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.EnumSource;

class VerifierTest {
  private static final Instant NOON = Instant.parse("2026-09-11T12:00:00Z");
  private static final long NOW = NOON.getEpochSecond();
  private static final long TOLERANCE = Verifier.TOLERANCE.toSeconds();
  private static final TrustedIssuer ISSUER =
      new TrustedIssuer(
          "https://issuer.example", Set.of("sts.amazonaws.com", "other"), SampleKeys.keys());

  @ParameterizedTest
  @EnumSource
  void a_token_of_every_algorithm_is_verified(JwsAlgorithm algorithm) {
    String token = SampleKeys.signer(algorithm).sign(claims());
    assertThat(verify(token)).isInstanceOf(Verified.class);
  }

  @Test
  void verified_claims_are_those_of_the_token() {
    JsonObject claims =
        JsonObject.parse(
            """
            {"iss": "https://issuer.example", "sub": 17, "aud": ["a", "b"], "azp": "other",
             "iat": %d, "exp": "%d", "email": "x@example.com"}
            """
                .formatted(NOW, NOW));
    VerifiedClaims verified = verified(SampleKeys.signer(JwsAlgorithm.ES256).sign(claims));
    assertThat(verified.issuer()).isEqualTo("https://issuer.example");
    assertThat(verified.subject()).isEqualTo("17");
    assertThat(verified.audience()).isEqualTo("other");
    assertThat(verified.originalAudience()).containsExactly("a", "b");
    assertThat(verified.claims().text("email")).hasValue("x@example.com");
    assertThat(verified)
        .hasToString("VerifiedClaims[iss=https://issuer.example, sub=17, aud=other]");
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvFileSource(
      resources = "/vectors/token/claims.tsv",
      delimiter = '\t',
      quoteCharacter = '\'',
      numLinesToSkip = 1)
  void claims_are_judged_as_aws_does(String title, String claims, String expected) {
    String token =
        SampleKeys.signer(JwsAlgorithm.RS256)
            .sign(JsonObject.parse(claims.replace("NOW", Long.toString(NOW))));
    String found =
        switch (verify(token)) {
          case Verified(var it) -> "verified: sub=" + it.subject() + " aud=" + it.audience();
          case Rejection rejection -> rejection.reason();
        };
    assertThat(found).as(title).isEqualTo(expected.replace("NOW", Long.toString(NOW)));
  }

  @Test
  void a_token_is_good_until_just_before_five_minutes_after_its_expiry() {
    assertThat(examine("exp", NOW - TOLERANCE + 1)).isInstanceOf(PlausibleJwt.class);
    assertThat(examine("exp", NOW - TOLERANCE))
        .isEqualTo(new Expired(NOW - TOLERANCE, NOW - TOLERANCE));
  }

  @Test
  void a_token_is_good_from_five_minutes_before_its_not_before_time() {
    assertThat(examine("nbf", NOW + TOLERANCE)).isInstanceOf(PlausibleJwt.class);
    assertThat(examine("nbf", NOW + TOLERANCE + 1))
        .isEqualTo(new NotYetValid(NOW + TOLERANCE, NOW + TOLERANCE + 1));
  }

  @Test
  void a_token_may_be_issued_up_to_five_minutes_in_the_future() {
    assertThat(examine("iat", NOW + TOLERANCE)).isInstanceOf(PlausibleJwt.class);
    assertThat(examine("iat", NOW + TOLERANCE + 1))
        .isEqualTo(new IssuedInFuture(NOW + TOLERANCE + 1));
  }

  @Test
  void a_plausible_token_tells_whose_keys_to_get() {
    Examination examination =
        Verifier.examine(SampleKeys.signer(JwsAlgorithm.ES384).sign(claims()), NOON);
    assertThat(examination)
        .isInstanceOfSatisfying(
            PlausibleJwt.class,
            it -> {
              assertThat(it.issuer()).isEqualTo("https://issuer.example");
              assertThat(it.keyId()).hasValue(new KeyId("ES384"));
              assertThat(it.algorithm()).isEqualTo(JwsAlgorithm.ES384);
            });
  }

  @Test
  void the_keys_of_another_issuer_verify_nothing() {
    String token = SampleKeys.signer(JwsAlgorithm.RS256).sign(claims());
    TrustedIssuer slashed =
        new TrustedIssuer(ISSUER.issuer() + "/", ISSUER.clientIds(), ISSUER.keys());
    assertThat(verify(token, slashed)).isEqualTo(new IssuerNotTrusted("https://issuer.example"));
  }

  @Test
  void without_registered_clients_no_token_is_good() {
    String token = SampleKeys.signer(JwsAlgorithm.RS256).sign(claims());
    TrustedIssuer forNobody = new TrustedIssuer(ISSUER.issuer(), Set.of(), ISSUER.keys());
    assertThat(verify(token, forNobody)).isInstanceOf(Rejection.AudienceNotRegistered.class);
  }

  @Test
  void the_signature_is_checked_before_the_audience() {
    TokenSigner forger =
        new TokenSigner(
            new KeyId("RS256"),
            JwsAlgorithm.RS256,
            SampleKeys.OTHER_RSA.getPrivate(),
            Crypto.jdk());
    String token = forger.sign(with(claims(), "aud", "nobody"));
    assertThat(verify(token)).isEqualTo(new BadSignature());
  }

  @Test
  void newer_keys_may_cure_a_missing_key_or_a_bad_signature_only() {
    assertThat(new Rejection.NoKey("").isPerhapsCuredByNewerKeys()).isTrue();
    assertThat(new BadSignature().isPerhapsCuredByNewerKeys()).isTrue();
    assertThat(new Rejection.MissingClaim("iss").isPerhapsCuredByNewerKeys()).isFalse();
  }

  private static Examination examine(String claim, long seconds) {
    JsonObject.Builder claims = JsonObject.builder();
    claims().members().forEach(claims::put);
    return Verifier.examine(
        SampleKeys.signer(JwsAlgorithm.ES256).sign(claims.put(claim, seconds).build()), NOON);
  }

  private static VerifiedClaims verified(String token) {
    return ((Verified) verify(token)).claims();
  }

  private static Verification verify(String token) {
    return verify(token, ISSUER);
  }

  private static Verification verify(String token, TrustedIssuer issuer) {
    return switch (Verifier.examine(token, NOON)) {
      case PlausibleJwt plausible -> Verifier.verify(plausible, issuer);
      case Rejection rejection -> rejection;
    };
  }

  private static JsonObject claims() {
    return JsonObject.builder()
        .put("iss", "https://issuer.example")
        .put("sub", "repo:octo-org/octo-repo:ref:refs/heads/main")
        .put("aud", "sts.amazonaws.com")
        .put("iat", NOW)
        .put("exp", NOW + 300)
        .build();
  }

  private static JsonObject with(JsonObject claims, String name, String value) {
    JsonObject.Builder changed = JsonObject.builder();
    claims.members().forEach(changed::put);
    return changed.put(name, value).build();
  }
}
