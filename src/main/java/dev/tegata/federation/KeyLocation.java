package dev.tegata.federation;

import dev.tegata.store.Account;
import dev.tegata.store.Identities;
import dev.tegata.store.OidcProvider;
import dev.tegata.store.OidcProvider.KeyRetrieval;
import java.util.List;

/// Where the keys of an issuer are, and by what its server is known.
///
/// Two accounts that reach the same issuer in different ways have different locations, so that what
/// one of them trusts is nothing to the other. `mayBeHere` says whether the issuer may be on this
/// machine, in plain HTTP too.
public record KeyLocation(
    String issuer, List<String> thumbprints, KeyRetrieval retrieval, boolean mayBeHere) {
  public KeyLocation {
    thumbprints = List.copyOf(thumbprints);
  }

  /// The server's own machine is the operator's: an issuer may be there if the account that manages
  /// the server trusts it, or the operator lets the provider have private addresses.
  static KeyLocation of(OidcProvider provider, Identities identities) {
    KeyRetrieval retrieval = provider.keyRetrieval();
    boolean managed = identities.account(provider.account()).filter(Account::manages).isPresent();
    return new KeyLocation(
        provider.issuer(),
        provider.thumbprints(),
        retrieval,
        managed || retrieval.privateAddresses());
  }
}
