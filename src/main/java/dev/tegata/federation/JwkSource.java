package dev.tegata.federation;

import dev.tegata.token.JwkSet;

/// Gives an issuer's public keys as they are at this moment.
public interface JwkSource {

  /// The keys at `location`, or why there are none.
  Answer find(KeyLocation location);

  /// What came of asking for keys.
  sealed interface Answer {

    record Found(JwkSet keys, Voucher voucher) implements Answer {}

    /// The issuer is down, slow, lying or too large; `reason` is for the operator alone.
    record Unavailable(String reason) implements Answer {}

    /// Nobody vouches for the certificate of the issuer's server.
    record UntrustedServer(String reason) implements Answer {}
  }

  /// Who vouches that the keys are the issuer's.
  enum Voucher {
    /// The platform's certificate authorities.
    TRUST_STORE,
    /// A certificate authority that the provider names.
    CERTIFICATE_AUTHORITY,
    /// A certificate whose thumbprint the provider names.
    THUMBPRINT,
    /// Nobody needs to: the keys were given to us, or did not leave this machine.
    NOBODY
  }
}
