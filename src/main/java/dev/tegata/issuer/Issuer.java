package dev.tegata.issuer;

import dev.tegata.github.Discovery;
import dev.tegata.github.Job;
import dev.tegata.github.JobClaims;
import dev.tegata.github.JobClaims.Issuance;
import dev.tegata.github.SubjectTemplate;
import dev.tegata.json.JsonValue.JsonObject;
import dev.tegata.keys.SigningKey;
import dev.tegata.keys.SigningKeys;
import dev.tegata.token.Crypto;
import dev.tegata.token.Jwk;
import dev.tegata.token.JwkSet;
import dev.tegata.token.JwsAlgorithm;
import java.time.Instant;
import java.util.List;

/// Signs ID tokens in one name, and publishes what is needed to check them.
///
/// Source: <https://openid.net/specs/openid-connect-discovery-1_0.html>
public final class Issuer {
  private final String name;
  private final SigningKeys keys;
  private final Crypto crypto;

  /// The issuer `name`, a URL without a slash at its end.
  public Issuer(String name, SigningKeys keys, Crypto crypto) {
    this.name = name;
    this.keys = keys;
    this.crypto = crypto;
  }

  /// What its tokens have in `iss`.
  public String name() {
    return name;
  }

  /// The discovery document at `now`, which names the algorithms of the keys that are published.
  JsonObject discovery(String name, Instant now) {
    List<JwsAlgorithm> algorithms =
        keys.published(now).stream().map(SigningKey::algorithm).distinct().sorted().toList();
    return Discovery.document(name, algorithms);
  }

  /// The JWK set, as it is published at `now`.
  JsonObject jwks(Instant now) {
    return Jwk.set(keys.published(now).stream().map(SigningKey::published).toList());
  }

  /// The JWK set of `now`, ready to verify with.
  public JwkSet keys(Instant now) {
    return JwkSet.read(jwks(now).toJson(), crypto);
  }

  /// A signed claims set for `job`.
  ///
  /// @throws IllegalArgumentException when `template` needs a claim that the job does not have
  Issued issue(Job job, SubjectTemplate template, Issuance issuance) {
    JsonObject claims = JobClaims.of(job, template, issuance);
    return new Issued(
        claims.text("sub").orElseThrow(), keys.signing(issuance.now()).signer(crypto).sign(claims));
  }

  /// A token, and the subject that it tells of.
  record Issued(String subject, String token) {
    @Override
    public String toString() {
      return "Issued[" + subject + ", the token hidden]";
    }
  }
}
