package dev.tegata.federation;

import dev.tegata.store.OidcProvider;
import dev.tegata.store.OidcProvider.KeyRetrieval;
import java.util.List;

/// Where the keys of an issuer are, and by what its server is known.
///
/// Two accounts that reach the same issuer in different ways have different locations, so that what
/// one of them trusts is nothing to the other.
public record KeyLocation(String issuer, List<String> thumbprints, KeyRetrieval retrieval) {
  public KeyLocation {
    thumbprints = List.copyOf(thumbprints);
  }

  static KeyLocation of(OidcProvider provider) {
    return new KeyLocation(provider.issuer(), provider.thumbprints(), provider.keyRetrieval());
  }
}
