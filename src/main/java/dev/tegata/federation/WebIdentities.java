package dev.tegata.federation;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.federation.JwkSource.Answer;
import dev.tegata.federation.JwkSource.Answer.Found;
import dev.tegata.federation.JwkSource.Answer.Unavailable;
import dev.tegata.federation.JwkSource.Answer.UntrustedServer;
import dev.tegata.federation.JwkSource.Voucher;
import dev.tegata.federation.WebIdentities.Belief.Believed;
import dev.tegata.policy.Context;
import dev.tegata.sharing.UsedTokens;
import dev.tegata.store.IdentityStore;
import dev.tegata.store.OidcProvider;
import dev.tegata.token.PlausibleJwt;
import dev.tegata.token.Rejection;
import dev.tegata.token.Rejection.IssuerNotTrusted;
import dev.tegata.token.Rejection.NoKey;
import dev.tegata.token.Rejection.ServerNotTrusted;
import dev.tegata.token.TrustedIssuer;
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
  private final SingleUse singleUse;

  public WebIdentities(
      IdentityStore identities,
      IssuerKeys keys,
      ConditionClaims conditionClaims,
      UsedTokens usedTokens) {
    this.identities = identities;
    this.keys = keys;
    this.conditionClaims = conditionClaims;
    this.singleUse = new SingleUse(usedTokens);
  }

  /// What becomes of a token.
  public sealed interface Belief {

    /// It is genuine, and for a client of `provider`; `keys` are the condition keys that its claims
    /// make in a trust policy, and `voucher` is who vouches for the issuer's keys.
    record Believed(VerifiedClaims claims, OidcProvider provider, Context keys, Voucher voucher)
        implements Belief {}

    record Refused(Rejection why) implements Belief {}
  }

  /// Checks the token `compact` against the providers of the account and partition of `role`.
  public Belief check(String compact, Arn role, Instant now) {
    return switch (Verifier.examine(compact, now)) {
      case PlausibleJwt jwt -> {
        Optional<OidcProvider> provider =
            identities
                .now()
                .provider(new AccountId(role.account()), jwt.issuer())
                .filter(found -> found.arn().partition().equals(role.partition()));
        yield provider.isPresent()
            ? check(jwt, provider.get(), now)
            : new Belief.Refused(new IssuerNotTrusted(jwt.issuer()));
      }
      case Rejection rejection -> new Belief.Refused(rejection);
    };
  }

  /// Uses the token `compact`, which is believed, if its provider lets each be used once; why not,
  /// if it was used before.
  ///
  /// @throws dev.tegata.database.StoreUnavailable when nobody can know just now
  public Optional<Rejection> use(String compact, Believed believed, Instant now) {
    return singleUse.use(compact, believed, now);
  }

  private Belief check(PlausibleJwt jwt, OidcProvider provider, Instant now) {
    KeyLocation location = KeyLocation.of(provider, identities.now());
    Belief first = verify(jwt, provider, keys.keys(location, now));
    return first instanceof Belief.Refused(var why) && why.isPerhapsCuredByNewerKeys()
        ? verify(jwt, provider, keys.newerKeys(location, now))
        : first;
  }

  private Belief verify(PlausibleJwt jwt, OidcProvider provider, Answer answer) {
    return switch (answer) {
      case Found(var set, var voucher) ->
          switch (Verifier.verify(
              jwt,
              new TrustedIssuer(provider.issuer(), new HashSet<>(provider.clientIds()), set))) {
            case Verified(var claims) ->
                new Believed(
                    claims,
                    provider,
                    conditionClaims.keys(provider.url(), claims.idToken()),
                    voucher);
            case Rejection rejection -> new Belief.Refused(rejection);
          };
      case Unavailable(var reason) -> new Belief.Refused(new NoKey(reason));
      case UntrustedServer(var reason) -> new Belief.Refused(new ServerNotTrusted(reason));
    };
  }
}
