package dev.tegata.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.tegata.json.JsonValue.JsonObject;
import dev.tegata.token.JwkSet.IndexedKey.Usable;
import dev.tegata.token.Verification.Verified;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Another implementation agrees with ours, both ways.
class NimbusTest {
  private static final Instant NOON = Instant.parse("2026-09-11T12:00:00Z");
  private static final int SEEDS = 20;

  static Stream<Arguments> algorithmsAndSeeds() {
    return Arrays.stream(JwsAlgorithm.values())
        .flatMap(it -> IntStream.range(0, SEEDS).mapToObj(seed -> arguments(it, seed)));
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("algorithmsAndSeeds")
  void what_nimbus_mints_is_verified_here(JwsAlgorithm algorithm, int seed) throws JOSEException {
    JWTClaimsSet claims = claims(new Random(seed));
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.parse(algorithm.name()))
                .keyID(algorithm.name())
                .build(),
            claims);
    token.sign(signer(algorithm));
    JwkSet keys = JwkSet.read(nimbusKeys().toString(), Crypto.jdk());
    Verification verification =
        Verifier.verify(
            (PlausibleJwt) Verifier.examine(token.serialize(), NOON),
            new TrustedIssuer("https://issuer.example", Set.of("a"), keys));
    assertThat(verification)
        .isInstanceOfSatisfying(
            Verified.class,
            it -> {
              assertThat(it.claims().subject()).isEqualTo(claims.getSubject());
              assertThat(it.claims().claims().members())
                  .isEqualTo(JsonObject.parse(claims.toString()));
            });
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("algorithmsAndSeeds")
  void what_is_minted_here_is_verified_by_nimbus(JwsAlgorithm algorithm, int seed)
      throws JOSEException, ParseException {
    JWTClaimsSet claims = claims(new Random(seed));
    String token = SampleKeys.signer(algorithm).sign(JsonObject.parse(claims.toString()));
    SignedJWT parsed = SignedJWT.parse(token);
    assertThat(parsed.verify(verifier(algorithm))).isTrue();
    assertThat(parsed.getHeader().getKeyID()).isEqualTo(algorithm.name());
    assertThat(parsed.getJWTClaimsSet()).isEqualTo(claims);
  }

  @ParameterizedTest
  @EnumSource
  void nimbus_reads_a_published_key_and_finds_the_same_thumbprint(JwsAlgorithm algorithm)
      throws JOSEException, ParseException {
    Jwk jwk = new Jwk(new KeyId("k"), algorithm, SampleKeys.of(algorithm).getPublic());
    JWK key = JWKSet.parse(Jwk.set(List.of(jwk)).toJson()).getKeyByKeyId("k");
    assertThat(key.toPublicJWK().toJSONObject()).isEqualTo(key.toJSONObject());
    assertThat(key.computeThumbprint()).hasToString(Thumbprint.of(jwk.key()).text());
    assertThat(JwkSet.read(nimbusKeys().toString(), Crypto.jdk()))
        .extracting(set -> set.named(new KeyId(algorithm.name()), algorithm))
        .isEqualTo(new Usable(jwk.key(), algorithm.keyType()));
  }

  private static JWTClaimsSet claims(Random random) {
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer("https://issuer.example")
            .audience("a")
            .subject(text(random))
            .issueTime(Date.from(NOON.minusSeconds(random.nextInt(600))))
            .expirationTime(Date.from(NOON.plusSeconds(random.nextInt(600))));
    for (int i = random.nextInt(40); i > 0; i--) {
      claims.claim(
          "claim_" + i,
          switch (random.nextInt(4)) {
            case 0 -> random.nextLong();
            case 1 -> random.nextBoolean();
            case 2 -> List.of(text(random), text(random));
            default -> text(random);
          });
    }
    return claims.build();
  }

  private static String text(Random random) {
    return random
        .ints(random.nextInt(50), 0, Character.MAX_CODE_POINT + 1)
        .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static JWKSet nimbusKeys() {
    return new JWKSet(
        Arrays.stream(JwsAlgorithm.values())
            .map(it ->
                it.keyType() == KeyType.RSA
                    ? (JWK)
                        new RSAKey.Builder((RSAPublicKey) SampleKeys.of(it).getPublic())
                            .keyID(it.name())
                            .build()
                    : new ECKey.Builder(
                            Curve.parse(it.keyType().jwkName()),
                            (ECPublicKey) SampleKeys.of(it).getPublic())
                        .keyID(it.name())
                        .build())
            .toList());
  }

  private static JWSSigner signer(JwsAlgorithm algorithm) throws JOSEException {
    KeyPair key = SampleKeys.of(algorithm);
    return algorithm.keyType() == KeyType.RSA
        ? new RSASSASigner(key.getPrivate())
        : new ECDSASigner((ECPrivateKey) key.getPrivate());
  }

  private static JWSVerifier verifier(JwsAlgorithm algorithm) throws JOSEException {
    KeyPair key = SampleKeys.of(algorithm);
    return algorithm.keyType() == KeyType.RSA
        ? new RSASSAVerifier((RSAPublicKey) key.getPublic())
        : new ECDSAVerifier((ECPublicKey) key.getPublic());
  }
}
