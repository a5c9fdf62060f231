package dev.tegata.token;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.tegata.json.JsonValue.JsonObject;
import dev.tegata.token.Rejection.BadSignature;
import dev.tegata.token.Rejection.UnsupportedAlgorithm;
import dev.tegata.token.Verification.Verified;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForgeryTest {
  private static final Instant NOON = Instant.parse("2026-09-11T12:00:00Z");
  private static final String CLAIMS =
      """
      {"iss": "i", "sub": "s", "aud": "a", "iat": 1789128000, "exp": 1789128000}
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {"none", "None", "NONE", "nOnE", "HS256", "PS256", "EdDSA", "rs256", "RS256 ", ""})
  void an_algorithm_that_is_not_one_of_the_six_is_refused(String algorithm) {
    String token = unsigned("{\"alg\":\"" + algorithm + "\",\"kid\":\"RS256\"}") + ".";
    assertThat(verify(token)).isEqualTo(new UnsupportedAlgorithm(algorithm));
    assertThat(verify(token + "AAAA")).isEqualTo(new UnsupportedAlgorithm(algorithm));
  }

  @Test
  void a_public_key_is_not_a_secret() throws GeneralSecurityException {
    byte[] encoded = SampleKeys.RSA.getPublic().getEncoded();
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded)
            + "\n-----END PUBLIC KEY-----\n";
    for (byte[] secret : new byte[][] {encoded, pem.getBytes(US_ASCII)}) {
      String input = unsigned("{\"alg\":\"HS256\",\"kid\":\"RS256\"}");
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      byte[] signature = mac.doFinal(input.getBytes(US_ASCII));
      assertThat(verify(input + "." + Base64Url.encode(signature)))
          .isEqualTo(new UnsupportedAlgorithm("HS256"));
    }
  }

  @Test
  void a_key_that_the_token_brings_along_is_not_looked_at() {
    JsonObject header =
        JsonObject.builder()
            .put("alg", "RS256")
            .put("kid", "RS256")
            .put("jwk", Jwk.numbers(SampleKeys.OTHER_RSA.getPublic()))
            .put("jku", "https://evil.example/keys")
            .build();
    TokenSigner forger =
        new TokenSigner(
            header, JwsAlgorithm.RS256, SampleKeys.OTHER_RSA.getPrivate(), Crypto.jdk());
    assertThat(verify(forger.sign(JsonObject.parse(CLAIMS)))).isEqualTo(new BadSignature());
  }

  @Test
  void a_signature_is_not_good_for_another_hash() {
    TokenSigner confused =
        new TokenSigner(
            JsonObject.builder().put("alg", "RS384").put("kid", "RS256").build(),
            JwsAlgorithm.RS256,
            SampleKeys.RSA.getPrivate(),
            Crypto.jdk());
    assertThat(verify(confused.sign(JsonObject.parse(CLAIMS)))).isEqualTo(new BadSignature());
  }

  static Stream<Arguments> algorithmsAndProviders() {
    return Stream.of(JwsAlgorithm.values())
        .flatMap(algorithm -> providers().map(crypto -> arguments(algorithm, crypto)));
  }

  private static Stream<Crypto> providers() {
    return SampleKeys.cryptos();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("algorithmsAndProviders")
  void a_token_with_any_character_changed_is_refused(JwsAlgorithm algorithm, Crypto crypto) {
    String token = SampleKeys.signer(algorithm).sign(JsonObject.parse(CLAIMS));
    TrustedIssuer issuer = issuer(crypto);
    assertThat(verify(token, issuer)).isInstanceOf(Verified.class);
    for (int i = 0; i < token.length(); i++) {
      for (char c : new char[] {token.charAt(i) == 'A' ? 'B' : 'A', '=', '.', '\n'}) {
        String changed = token.substring(0, i) + c + token.substring(i + 1);
        if (!changed.equals(token)) {
          assertThat(verify(changed, issuer)).as(changed).isInstanceOf(Rejection.class);
        }
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("algorithmsAndProviders")
  void a_signature_of_another_length_is_refused(JwsAlgorithm algorithm, Crypto crypto) {
    byte[] signature =
        UnverifiedJwt.parse(SampleKeys.signer(algorithm).sign(JsonObject.parse(CLAIMS)))
            .signature();
    for (int length : new int[] {0, 1, signature.length - 1, signature.length + 1, 5_000}) {
      byte[] other = Arrays.copyOf(signature, length);
      assertThat(verify(signed(algorithm, other), issuer(crypto)))
          .as("%d bytes", length)
          .isEqualTo(new BadSignature());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("algorithmsAndProviders")
  void a_signature_of_nothing_is_refused(JwsAlgorithm algorithm, Crypto crypto) {
    int length = algorithm.keyType() == KeyType.RSA ? 256 : 2 * coordinate(algorithm);
    byte[] ones = new byte[length];
    Arrays.fill(ones, (byte) 0xff);
    byte[] one = new byte[length];
    one[length - 1] = 1;
    for (byte[] signature : new byte[][] {new byte[length], one, ones}) {
      assertThat(verify(signed(algorithm, signature), issuer(crypto)))
          .isEqualTo(new BadSignature());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ES256", "ES384", "ES512"})
  void halves_of_a_signature_are_from_1_to_less_than_the_order(JwsAlgorithm algorithm) {
    ECPublicKey key = (ECPublicKey) SampleKeys.of(algorithm).getPublic();
    BigInteger order = key.getParams().getOrder();
    int length = coordinate(algorithm);
    SampleKeys.cryptos()
        .forEach(crypto -> {
          for (BigInteger half :
              new BigInteger[] {BigInteger.ZERO, order, order.add(BigInteger.ONE)}) {
            byte[] signature = new byte[2 * length];
            byte[] bytes = half.toByteArray();
            int copied = Math.min(bytes.length, length);
            System.arraycopy(bytes, bytes.length - copied, signature, length - copied, copied);
            System.arraycopy(bytes, bytes.length - copied, signature, 2 * length - copied, copied);
            assertThat(verify(signed(algorithm, signature), issuer(crypto)))
                .isEqualTo(new BadSignature());
          }
        });
  }

  @Test
  void a_signature_in_der_is_refused() throws GeneralSecurityException {
    String input = unsigned("{\"alg\":\"ES256\",\"kid\":\"ES256\"}");
    Signature der = Signature.getInstance("SHA256withECDSA");
    der.initSign(SampleKeys.P_256.getPrivate());
    der.update(input.getBytes(US_ASCII));
    assertThat(verify(input + "." + Base64Url.encode(der.sign()))).isEqualTo(new BadSignature());
  }

  private static int coordinate(JwsAlgorithm algorithm) {
    return algorithm.keyType().coordinateLength();
  }

  private static String signed(JwsAlgorithm algorithm, byte[] signature) {
    return unsigned("{\"alg\":\"%s\",\"kid\":\"%s\"}".formatted(algorithm, algorithm))
        + "."
        + Base64Url.encode(signature);
  }

  private static String unsigned(String header) {
    return Base64Url.encode(header.getBytes(UTF_8))
        + "."
        + Base64Url.encode(CLAIMS.getBytes(UTF_8));
  }

  private static TrustedIssuer issuer(Crypto crypto) {
    return new TrustedIssuer("i", Set.of("a"), SampleKeys.keys(crypto));
  }

  private static Verification verify(String token) {
    return verify(token, issuer(Crypto.jdk()));
  }

  private static Verification verify(String token, TrustedIssuer issuer) {
    return switch (Verifier.examine(token, NOON)) {
      case PlausibleJwt plausible -> Verifier.verify(plausible, issuer);
      case Rejection rejection -> rejection;
    };
  }
}
