package dev.tegata.issuer;

import dev.tegata.github.Discovery;
import dev.tegata.github.Job;
import dev.tegata.github.JobClaims;
import dev.tegata.github.JobClaims.Issuance;
import dev.tegata.github.SubjectTemplate;
import dev.tegata.keys.SigningKey;
import dev.tegata.token.Crypto;
import dev.tegata.token.JsonValue.JsonObject;
import dev.tegata.token.Jwk;
import dev.tegata.token.JwkSet;
import dev.tegata.token.JwsAlgorithm;
import dev.tegata.token.TokenSigner;
import java.util.List;

/// Signs ID tokens in one name, and publishes what is needed to check them.
///
/// Source: <https://openid.net/specs/openid-connect-discovery-1_0.html>
public final class Issuer {
  private final String name;
  private final SigningKey key;
  private final TokenSigner signer;
  private final JwkSet keys;

  /// The issuer `name`, a URL without a slash at its end.
  public Issuer(String name, SigningKey key, Crypto crypto) {
    this.name = name;
    this.key = key;
    this.signer = new TokenSigner(key.keyId(), JwsAlgorithm.RS256, key.unsafePrivateKey(), crypto);
    this.keys = JwkSet.read(jwks().toJson(), crypto);
  }

  /// What its tokens have in `iss`.
  public String name() {
    return name;
  }

  /// The discovery document.
  public JsonObject discovery() {
    return Discovery.document(name, List.of(JwsAlgorithm.RS256));
  }

  /// The JWK set, as it is published.
  public JsonObject jwks() {
    return Jwk.set(List.of(key.published()));
  }

  /// The JWK set, ready to verify with.
  public JwkSet keys() {
    return keys;
  }

  /// A claims set for `job` and its token. `audience` is one that the job may ask for.
  Issued issue(Job job, SubjectTemplate template, Issuance issuance) {
    JsonObject claims = JobClaims.of(job, template, issuance);
    return new Issued(claims.text("sub").orElseThrow(), signer.sign(claims));
  }

  /// A token, and the subject that it tells of.
  record Issued(String subject, String token) {
    @Override
    public String toString() {
      return "Issued[" + subject + ", the token hidden]";
    }
  }
}
