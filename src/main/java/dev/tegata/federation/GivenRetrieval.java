package dev.tegata.federation;

import dev.tegata.store.OidcProvider.KeyRetrieval;
import dev.tegata.token.Crypto;
import dev.tegata.token.JwkSet;
import java.util.List;
import java.util.Optional;

/// A [KeyRetrieval] as an operator gives it, checked before it is kept: what cannot be read is told
/// now, not when the first token comes.
public final class GivenRetrieval {
  private static final int MAX_AUTHORITIES = 10;
  private static final int MAX_PEM_LENGTH = 1 << 16;

  private GivenRetrieval() {}

  /// `jwkSet` is the document of RFC 7517, `authorities` are certificates in PEM.
  ///
  /// @throws IllegalArgumentException when one of them is not what it should be
  public static KeyRetrieval of(
      Optional<String> jwkSet, List<String> authorities, boolean privateAddresses) {
    jwkSet.ifPresent(json -> {
      if (JwkSet.read(json, Crypto.jdk()).isEmpty()) {
        throw new IllegalArgumentException("the JWK set has no key with a `kid`");
      }
    });
    if (authorities.size() > MAX_AUTHORITIES) {
      throw new IllegalArgumentException(
          "%d certificate authorities, more than %d"
              .formatted(authorities.size(), MAX_AUTHORITIES));
    }
    for (String pem : authorities) {
      if (pem.length() > MAX_PEM_LENGTH) {
        throw new IllegalArgumentException(
            "a certificate longer than " + MAX_PEM_LENGTH + " characters");
      }
      ServerTrust.certificates(pem);
    }
    return new KeyRetrieval(jwkSet.orElse(null), authorities, privateAddresses);
  }
}
