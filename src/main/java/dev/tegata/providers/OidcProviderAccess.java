package dev.tegata.providers;

import dev.tegata.arn.Arn;
import dev.tegata.authorization.Call;
import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.IamError.NoSuchEntity;
import dev.tegata.aws.Refusal;
import dev.tegata.entity.ContextKeys;
import dev.tegata.entity.Documents;
import dev.tegata.store.Identities;
import dev.tegata.store.IdentityStore;
import dev.tegata.store.OidcProvider;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The providers of a caller's account, for a caller who may.
record OidcProviderAccess(IdentityStore store) {

  /// A request about one provider: who asks, to do what, to which.
  record Asked(Call call, String action, Arn arn, ContextKeys context) {
    static Asked of(Call call, String action, String arn) {
      return of(call, action, arn, new ContextKeys());
    }

    static Asked of(Call call, String action, String arn, ContextKeys context) {
      return new Asked(call, action, Documents.arn("oidc-provider", arn), context);
    }
  }

  OidcProvider read(Asked asked) {
    require(asked);
    return find(store.now(), asked);
  }

  /// Replaces the provider by what `edit` makes of it.
  void change(Asked asked, UnaryOperator<OidcProvider> edit) {
    require(asked);
    store.change(change -> {
      OidcProvider provider = edit.apply(find(change.now(), asked));
      change.put(provider);
      return provider;
    });
  }

  /// Lets the request go on if the caller may, whether or not there is such a provider.
  void require(Asked asked) {
    Map<String, String> tags =
        own(store.now(), asked).map(OidcProvider::tags).map(Map::copyOf).orElse(Map.of());
    asked.call.require(
        new Access(
            asked.action,
            asked.arn,
            new ContextKeys().resourceTags(tags).and(asked.context).toMap()));
  }

  private static OidcProvider find(Identities now, Asked asked) {
    return own(now, asked)
        .orElseThrow(() ->
            new Refusal(new NoSuchEntity("OpenIDConnect Provider not found for arn " + asked.arn)));
  }

  /// The provider, if it is the caller's account's: of others not even the tags may matter.
  private static Optional<OidcProvider> own(Identities now, Asked asked) {
    return now.provider(asked.arn)
        .filter(provider -> provider.account().equals(asked.call.account()));
  }
}
