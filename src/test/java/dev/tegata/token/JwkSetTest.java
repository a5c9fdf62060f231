package dev.tegata.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tegata.Golden;
import dev.tegata.json.JsonValue.JsonArray;
import dev.tegata.json.JsonValue.JsonObject;
import dev.tegata.json.JsonValue.JsonString;
import dev.tegata.token.JwkSet.IndexedKey.Usable;
import java.io.IOException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwkSetTest {
  private static final Instant NOON = Instant.parse("2026-09-11T12:00:00Z");
  private static final Map<String, KeyPair> SAMPLES =
      Map.of(
          "rsa", SampleKeys.RSA,
          "other rsa", SampleKeys.OTHER_RSA,
          "short rsa", RsaKeys.pair(1024),
          "p-256", SampleKeys.P_256,
          "p-384", SampleKeys.P_384);

  /// In the table, `<rsa>` and the like stand for the numbers of a sample key, and a `kid` of `-`
  /// for a token without one.
  @ParameterizedTest(name = "{0}: {4}")
  @CsvFileSource(
      resources = "/vectors/token/keys.tsv",
      delimiter = '\t',
      quoteCharacter = '\'',
      numLinesToSkip = 1)
  void keys_are_found_as_aws_finds_them(
      String title, JwsAlgorithm algorithm, String kid, String keys, String expected) {
    String token = token(algorithm, kid);
    TrustedIssuer issuer =
        new TrustedIssuer("i", Set.of("a"), JwkSet.read(keySet(keys), Crypto.jdk()));
    PlausibleJwt plausible = (PlausibleJwt) Verifier.examine(token, NOON);
    String found =
        switch (Verifier.verify(plausible, issuer)) {
          case Verification.Verified _ -> "verified";
          case Rejection rejection -> rejection.reason();
        };
    assertThat(found).as(title).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"keys\": {}}",
        "{\"keys\": null}",
        "{\"keys\": []} x",
        "{\"keys"
      })
  void what_is_not_a_set_is_refused(String json) {
    assertThatIllegalArgumentException().isThrownBy(() -> JwkSet.read(json, Crypto.jdk()));
  }

  @Test
  void a_set_is_limited_in_length_and_in_keys() {
    String blanks = " ".repeat(JwkSet.MAX_LENGTH);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JwkSet.read("{\"keys\": []}" + blanks, Crypto.jdk()))
        .withMessage("a JWK set longer than 1048576 characters");
    String many = String.join(",", Collections.nCopies(1_001, "{}"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JwkSet.read("{\"keys\": [" + many + "]}", Crypto.jdk()))
        .withMessage("a JWK set of more than 1000 keys");
  }

  @ParameterizedTest
  @EnumSource
  void a_published_key_is_read_back(JwsAlgorithm algorithm) {
    PublicKey key = SampleKeys.of(algorithm).getPublic();
    String json = Jwk.set(List.of(new Jwk(new KeyId("k"), algorithm, key))).toJson();
    assertThat(JwkSet.read(json, Crypto.jdk()).named(new KeyId("k"), algorithm))
        .isEqualTo(new Usable(key, algorithm.keyType()));
  }

  @Test
  void a_key_is_published_for_an_algorithm_that_it_fits() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Jwk(new KeyId("k"), JwsAlgorithm.ES256, SampleKeys.P_384.getPublic()))
        .withMessage("ES256 takes a key of type P-256, not EC");
  }

  @Test
  void a_published_set_has_the_members_that_github_has() throws IOException {
    Usable rsa = RfcVectorsTest.key("rfc7638-3.1.txt");
    Usable ec = RfcVectorsTest.key("rfc7515-a.3.txt");
    JsonObject set =
        Jwk.set(
            List.of(
                new Jwk(new KeyId("first"), JwsAlgorithm.RS256, rsa.key()),
                new Jwk(new KeyId("second"), JwsAlgorithm.ES256, ec.key())));
    Golden.assertGolden("token/jwks.json", set.toJson());
  }

  static Stream<Arguments> seedsAndProviders() {
    return IntStream.range(0, 40)
        .boxed()
        .flatMap(seed -> SampleKeys.cryptos().map(crypto -> arguments(seed, crypto)));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seedsAndProviders")
  void any_numbers_with_any_certificate_are_refused_one_way_or_another(int seed, Crypto crypto) {
    Random random = new Random(seed);
    byte[] modulus = new byte[256 + random.nextInt(3)];
    random.nextBytes(modulus);
    modulus[modulus.length - 1] |= 1;
    byte[] certificate =
        Base64.getDecoder().decode(SampleCertificate.of(SampleKeys.RSA.getPublic()));
    certificate[random.nextInt(certificate.length)] ^= (byte) (1 << random.nextInt(8));
    JsonObject.Builder jwk =
        JsonObject.builder()
            .put("kid", "a")
            .put("kty", "RSA")
            .put("n", Base64Url.encode(modulus))
            .put("e", Base64Url.encode(new byte[] {(byte) (3 + 2 * random.nextInt(100))}));
    if (random.nextBoolean()) {
      String x5c = Base64.getEncoder().encodeToString(certificate);
      jwk.put("x5c", new JsonArray(List.of(new JsonString(x5c))));
    }
    JwkSet keys = JwkSet.read("{\"keys\": [" + jwk.build().toJson() + "]}", crypto);
    PlausibleJwt token = (PlausibleJwt) Verifier.examine(token(JwsAlgorithm.RS256, "a"), NOON);
    assertThat(Verifier.verify(token, new TrustedIssuer("i", Set.of("a"), keys)))
        .isInstanceOfAny(Rejection.NoKey.class, Rejection.BadSignature.class);
  }

  @Tag("fuzz")
  @FuzzTest(maxDuration = "60s")
  void any_text_is_a_set_or_is_refused(byte[] bytes) {
    try {
      JwkSet set = JwkSet.read(new String(bytes, UTF_8), Crypto.jdk());
      for (JwsAlgorithm algorithm : JwsAlgorithm.values()) {
        assertThat(set.single(algorithm)).isNotNull();
      }
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageNotContaining("\n");
    }
  }

  private static String token(JwsAlgorithm algorithm, String kid) {
    JsonObject.Builder header = JsonObject.builder().put("alg", algorithm.name());
    if (!kid.equals("-")) {
      header.put("kid", kid);
    }
    JsonObject claims =
        JsonObject.builder()
            .put("iss", "i")
            .put("sub", "s")
            .put("aud", "a")
            .put("iat", NOON.getEpochSecond())
            .put("exp", NOON.getEpochSecond())
            .build();
    PrivateKey key = SampleKeys.of(algorithm).getPrivate();
    return new TokenSigner(header.build(), algorithm, key, Crypto.jdk()).sign(claims);
  }

  private static String keySet(String keys) {
    String expanded =
        keys.replace("<99 rsa keys>", rsaKeys(99)).replace("<100 rsa keys>", rsaKeys(100));
    for (Map.Entry<String, KeyPair> sample : SAMPLES.entrySet()) {
      PublicKey key = sample.getValue().getPublic();
      String numbers = Jwk.numbers(key).toJson();
      expanded =
          expanded
              .replace("<" + sample.getKey() + ">", numbers.substring(1, numbers.length() - 1))
              .replace("<" + sample.getKey() + " certificate>", SampleCertificate.of(key));
    }
    return "{\"keys\": " + expanded + "}";
  }

  private static String rsaKeys(int count) {
    return String.join(",", Collections.nCopies(count, "{\"kty\":\"RSA\"}"));
  }
}
