package dev.tegata.token;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import dev.tegata.json.JsonValue.JsonObject;
import dev.tegata.token.JwkSet.IndexedKey.Usable;
import dev.tegata.token.Verification.Verified;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What a token of GitHub's size costs, beside the bare verification that is the unit of budgets.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class TokenBench {
  private static final Instant NOON = Instant.parse("2026-09-11T12:00:00Z");
  private static final Crypto CRYPTO = Crypto.preferring(AmazonCorrettoCryptoProvider.INSTANCE);

  private JsonObject claims;
  private TokenSigner rsaSigner;
  private TokenSigner ecSigner;
  private String rsaToken;
  private String ecToken;
  private TrustedIssuer issuer;
  private Usable rsaKey;
  private byte[] signingInput;
  private byte[] signature;

  @Setup
  public void mint() throws GeneralSecurityException {
    KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
    rsa.initialize(2048);
    KeyPair rsaPair = rsa.generateKeyPair();
    KeyPairGenerator ec = KeyPairGenerator.getInstance("EC");
    ec.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair ecPair = ec.generateKeyPair();
    KeyId rsaId = new KeyId("cc413527-173f-5a05-976e-9c52b1d7b431");
    KeyId ecId = new KeyId("38826b17-6a30-5f9b-b169-8beb8202f723");
    rsaSigner = new TokenSigner(rsaId, JwsAlgorithm.RS256, rsaPair.getPrivate(), CRYPTO);
    ecSigner = new TokenSigner(ecId, JwsAlgorithm.ES256, ecPair.getPrivate(), CRYPTO);
    claims = claims();
    rsaToken = rsaSigner.sign(claims);
    ecToken = ecSigner.sign(claims);
    JsonObject set =
        Jwk.set(
            List.of(
                new Jwk(rsaId, JwsAlgorithm.RS256, rsaPair.getPublic()),
                new Jwk(ecId, JwsAlgorithm.ES256, ecPair.getPublic())));
    JwkSet keys = JwkSet.read(set.toJson(), CRYPTO);
    issuer =
        new TrustedIssuer(
            "https://token.actions.githubusercontent.com", Set.of("sts.amazonaws.com"), keys);
    rsaKey = (Usable) keys.named(rsaId, JwsAlgorithm.RS256);
    UnverifiedJwt jwt = UnverifiedJwt.parse(rsaToken);
    signingInput = jwt.signingInput();
    signature = jwt.signature();
  }

  private static JsonObject claims() {
    JsonObject.Builder claims =
        JsonObject.builder()
            .put("jti", "1f7d5a2c-93f0-4a58-8a43-0cbd0e7a4a11")
            .put("sub", "repo:octo-org/octo-repo:ref:refs/heads/main")
            .put("aud", "sts.amazonaws.com");
    for (int i = 0; i < 24; i++) {
      claims.put("claim_name_" + i, "octo-org/octo-repo/some/value/" + i);
    }
    return claims
        .put("iss", "https://token.actions.githubusercontent.com")
        .put("nbf", NOON.getEpochSecond() - 600)
        .put("exp", NOON.getEpochSecond() + 300)
        .put("iat", NOON.getEpochSecond())
        .build();
  }

  /// The unit: a signature of RSA-2048, and nothing else.
  @Benchmark
  public boolean bareRsaVerification() throws GeneralSecurityException {
    Signature verification = CRYPTO.signature("SHA256withRSA");
    verification.initVerify(rsaKey.key());
    verification.update(signingInput);
    return verification.verify(signature);
  }

  /// All that is done before a key is needed.
  @Benchmark
  public Examination examination() {
    return Verifier.examine(rsaToken, NOON);
  }

  @Benchmark
  public Verified rs256() {
    return verify(rsaToken);
  }

  @Benchmark
  public Verified es256() {
    return verify(ecToken);
  }

  @Benchmark
  public String mintingRs256() {
    return rsaSigner.sign(claims);
  }

  @Benchmark
  public String mintingEs256() {
    return ecSigner.sign(claims);
  }

  private Verified verify(String token) {
    PlausibleJwt plausible = (PlausibleJwt) Verifier.examine(token, NOON);
    return (Verified) Verifier.verify(plausible, issuer);
  }
}
