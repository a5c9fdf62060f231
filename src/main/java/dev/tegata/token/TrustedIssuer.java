package dev.tegata.token;

import java.util.Set;

/// An issuer whose tokens are believed: its name, the clients they may be for, and its keys.
///
/// `issuer` is compared byte for byte, as are `clientIds`; without a client id no token is good.
public record TrustedIssuer(String issuer, Set<String> clientIds, JwkSet keys) {
  public TrustedIssuer {
    clientIds = Set.copyOf(clientIds);
  }
}
