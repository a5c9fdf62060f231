package dev.tegata.federation;

import dev.tegata.token.JwkSet;

/// Gives an issuer's public keys as they are at this moment.
public interface JwkSource {

  /// The keys of `issuer`, which is a URL, or why there are none.
  Answer find(String issuer);

  /// What came of asking for keys.
  sealed interface Answer {

    record Found(JwkSet keys) implements Answer {}

    /// The issuer is down, slow, lying or too large; `reason` is for the operator alone.
    record Unavailable(String reason) implements Answer {}
  }
}
