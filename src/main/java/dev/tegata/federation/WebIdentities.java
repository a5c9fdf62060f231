package dev.tegata.federation;

import dev.tegata.arn.AccountId;
import dev.tegata.federation.JwkSource.Answer;
import dev.tegata.federation.JwkSource.Answer.Found;
import dev.tegata.federation.JwkSource.Answer.Unavailable;
import dev.tegata.federation.JwkSource.Answer.UntrustedServer;
import dev.tegata.federation.JwkSource.Voucher;
import dev.tegata.policy.Context;
import dev.tegata.store.IdentityStore;
import dev.tegata.store.OidcProvider;
import dev.tegata.token.PlausibleJwt;
import dev.tegata.token.Rejection;
import dev.tegata.token.Rejection.IssuerNotTrusted;
import dev.tegata.token.Rejection.NoKey;
import dev.tegata.token.Rejection.ServerNotTrusted;
import dev.tegata.token.TrustedIssuer;
import dev.tegata.token.Verification;
import dev.tegata.token.Verification.Verified;
import dev.tegata.token.VerifiedClaims;
import dev.tegata.token.Verifier;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;

/// Believes an ID token, or says why not: for an account and the providers that it trusts.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html>
public final class WebIdentities {
  private final IdentityStore identities;
  private final IssuerKeys keys;
  private final ConditionClaims conditionClaims;

  public WebIdentities(IdentityStore identities, IssuerKeys keys, ConditionClaims conditionClaims) {
    this.identities = identities;
    this.keys = keys;
    this.conditionClaims = conditionClaims;
  }

  /// What becomes of a token.
  public sealed interface Belief {

    /// It is genuine, and for a client of `provider`; `keys` are the condition keys that its claims
    /// make in a trust policy, and `voucher` is who vouches for the issuer's keys.
    record Believed(VerifiedClaims claims, OidcProvider provider, Context keys, Voucher voucher)
        implements Belief {}

    record Refused(Rejection why) implements Belief {}
  }

  /// Checks the token `compact` against the providers of `account`.
  public Belief check(String compact, AccountId account, Instant now) {
    return switch (Verifier.examine(compact, now)) {
      case PlausibleJwt jwt -> {
        Optional<OidcProvider> provider = identities.now().provider(account, jwt.issuer());
        yield provider.isPresent()
            ? check(jwt, provider.get(), now)
            : new Belief.Refused(new IssuerNotTrusted(jwt.issuer()));
      }
      case Rejection rejection -> new Belief.Refused(rejection);
    };
  }

  private Belief check(PlausibleJwt jwt, OidcProvider provider, Instant now) {
    KeyLocation location = KeyLocation.of(provider);
    Answer kept = keys.keys(location, now);
    Verification first = verify(jwt, provider, kept);
    if (first instanceof Rejection rejection && rejection.isPerhapsCuredByNewerKeys()) {
      Answer newer = keys.newerKeys(location, now);
      return belief(verify(jwt, provider, newer), provider, newer);
    }
    return belief(first, provider, kept);
  }

  private Belief belief(Verification verification, OidcProvider provider, Answer keys) {
    Voucher voucher = keys instanceof Found(var _, var who) ? who : Voucher.NOBODY;
    return switch (verification) {
      case Verified(var claims) ->
          new Belief.Believed(
              claims, provider, conditionClaims.keys(provider.url(), claims.idToken()), voucher);
      case Rejection rejection -> new Belief.Refused(rejection);
    };
  }

  private static Verification verify(PlausibleJwt jwt, OidcProvider provider, Answer answer) {
    return switch (answer) {
      case Found(var set, var _) ->
          Verifier.verify(
              jwt, new TrustedIssuer(provider.issuer(), new HashSet<>(provider.clientIds()), set));
      case Unavailable(var reason) -> new NoKey(reason);
      case UntrustedServer(var reason) -> new ServerNotTrusted(reason);
    };
  }
}
