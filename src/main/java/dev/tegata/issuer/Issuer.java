package dev.tegata.issuer;

import dev.tegata.github.DefaultAudience;
import dev.tegata.github.Discovery;
import dev.tegata.github.Job;
import dev.tegata.github.JobClaims;
import dev.tegata.github.JobClaims.Issuance;
import dev.tegata.github.RequestedAudience;
import dev.tegata.github.WorkflowRun.Enterprise;
import dev.tegata.github.WorkflowRun.Repository;
import dev.tegata.json.JsonValue.JsonObject;
import dev.tegata.keys.SigningKey;
import dev.tegata.keys.SigningKeys;
import dev.tegata.token.JwkSet;
import dev.tegata.token.JwsAlgorithm;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Signs ID tokens, and publishes what is needed to check them.
///
/// It has one name, and for each enterprise that wants an issuer of its own another one, the name
/// with the enterprise's slug after a slash. All have the same keys.
///
/// Source:
/// <https://docs.github.com/en/actions/reference/security/oidc#customizing-the-issuer-value-for-an-enterprise>
public final class Issuer {
  private final String name;
  private final DefaultAudience defaultAudience;
  private final SigningKeys keys;
  private final Customizations customizations;

  /// The issuer `name`, a URL without a slash at its end.
  public Issuer(
      String name,
      DefaultAudience defaultAudience,
      SigningKeys keys,
      Customizations customizations) {
    this.name = name;
    this.defaultAudience = defaultAudience;
    this.keys = keys;
    this.customizations = customizations;
  }

  /// What its tokens have in `iss`, but for enterprises of their own.
  public String name() {
    return name;
  }

  /// Whether `issuer` is one of its names.
  public boolean isNamed(String issuer) {
    return issuer.equals(name)
        || (issuer.startsWith(name + "/") && isEnterprise(issuer.substring(name.length() + 1)));
  }

  /// Whether the enterprise `slug` has an issuer of its own here.
  boolean isEnterprise(String slug) {
    return slug.indexOf('/') < 0 && customizations.hasOwnIssuer(slug);
  }

  /// The discovery document of `issuer`, one of its names: the algorithms are those of the keys
  /// that are published at `now`.
  JsonObject discovery(String issuer, Instant now) {
    List<JwsAlgorithm> algorithms =
        keys.published(now).stream().map(SigningKey::algorithm).distinct().sorted().toList();
    return Discovery.document(issuer, algorithms);
  }

  /// The JWK set, as it is published at `now`.
  JsonObject jwks(Instant now) {
    return keys.jwks(now);
  }

  /// The JWK set of `now`, ready to verify with.
  public JwkSet keys(Instant now) {
    return keys.jwkSet(now);
  }

  /// Whether `repository`'s jobs may have a token for the audience that they ask for.
  RequestedAudience audience(String requested, Repository repository) {
    return RequestedAudience.of(requested, repository, defaultAudience);
  }

  /// A token for the registered `job`, for an audience that it may have.
  ///
  /// @throws IllegalArgumentException when its subject needs a claim that the job does not have
  Issued issue(JobDescription description, String audience, UUID tokenId, Instant now) {
    Repository repository = description.job().run().repository();
    Job job = description.job().telling(customizations.toldProperties(repository));
    JsonObject claims =
        JobClaims.of(
            job,
            customizations.template(repository, description.form()),
            new Issuance(nameFor(repository), audience, tokenId, now));
    return new Issued(claims.text("sub").orElseThrow(), keys.signer(now).sign(claims));
  }

  private String nameFor(Repository repository) {
    Enterprise enterprise = repository.owner().enterprise();
    return enterprise != null && isEnterprise(enterprise.slug())
        ? name + "/" + enterprise.slug()
        : name;
  }

  /// A token, and the subject that it tells of.
  record Issued(String subject, String token) {
    @Override
    public String toString() {
      return "Issued[" + subject + ", the token hidden]";
    }
  }
}
