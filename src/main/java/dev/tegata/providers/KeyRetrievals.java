package dev.tegata.providers;

import dev.tegata.authorization.Call;
import dev.tegata.providers.OidcProviderAccess.Asked;
import dev.tegata.store.IdentityStore;
import dev.tegata.store.OidcProvider.KeyRetrieval;

/// How the keys of a provider's issuer are come by: Tegata's own, AWS has one way for all.
///
/// Whoever may change this can make the server call into its private network, or believe other
/// keys, so it has permissions of its own: `tegata:PutKeyRetrieval` and `tegata:GetKeyRetrieval` on
/// the provider.
public final class KeyRetrievals {
  private final OidcProviderAccess providers;

  public KeyRetrievals(IdentityStore store) {
    this.providers = new OidcProviderAccess(store);
  }

  /// The way to the keys of the provider `arn`.
  public KeyRetrieval get(String arn, Call call) {
    return providers.read(Asked.of(call, "tegata:GetKeyRetrieval", arn)).keyRetrieval();
  }

  /// From now on the keys of the provider `arn` are had in another way.
  public void put(String arn, KeyRetrieval retrieval, Call call) {
    providers.change(
        Asked.of(call, "tegata:PutKeyRetrieval", arn),
        provider -> provider.withKeyRetrieval(retrieval));
  }
}
