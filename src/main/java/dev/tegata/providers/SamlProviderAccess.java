package dev.tegata.providers;

import dev.tegata.arn.Arn;
import dev.tegata.authorization.Call;
import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.IamError.NoSuchEntity;
import dev.tegata.aws.Refusal;
import dev.tegata.entity.ContextKeys;
import dev.tegata.entity.Documents;
import dev.tegata.entity.SamlProvider;
import dev.tegata.store.Change;
import dev.tegata.store.Identities;
import dev.tegata.store.IdentityStore;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/// The SAML providers of a caller's account, for a caller who may.
record SamlProviderAccess(IdentityStore store) {

  /// A request about one provider: who asks, to do what, to which.
  record Asked(Call call, String action, Arn arn, ContextKeys context) {
    static Asked of(Call call, String action, String arn) {
      return of(call, action, arn, new ContextKeys());
    }

    static Asked of(Call call, String action, String arn, ContextKeys context) {
      return new Asked(call, action, Documents.arn("saml-provider", arn), context);
    }
  }

  SamlProvider read(Asked asked) {
    require(asked);
    return find(store.now(), asked);
  }

  /// Lets `edit` do something with the provider.
  <T> T change(Asked asked, BiFunction<Change, SamlProvider, T> edit) {
    require(asked);
    return store.change(change -> edit.apply(change, find(change.now(), asked)));
  }

  /// Lets the request go on if the caller may, whether or not there is such a provider.
  void require(Asked asked) {
    Map<String, String> tags =
        own(store.now(), asked).map(SamlProvider::tags).map(Map::copyOf).orElse(Map.of());
    asked.call.require(
        new Access(
            asked.action,
            asked.arn,
            new ContextKeys().resourceTags(tags).and(asked.context).toMap()));
  }

  static SamlProvider find(Identities now, Asked asked) {
    return own(now, asked)
        .orElseThrow(
            () -> new Refusal(new NoSuchEntity("Manifest not found for arn " + asked.arn)));
  }

  /// The provider, if it is the caller's account's: of others not even the tags may matter.
  private static Optional<SamlProvider> own(Identities now, Asked asked) {
    return asked.arn.account().equals(asked.call.account().digits())
        ? SamlProvider.find(now, asked.arn)
        : Optional.empty();
  }
}
