package dev.tegata.token;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.Signature;
import java.util.Optional;

/// Who computes signatures: the JDK, or a provider that does it faster where it can.
public final class Crypto {
  private final Optional<Provider> preferred;

  private Crypto(Optional<Provider> preferred) {
    this.preferred = preferred;
  }

  /// The JDK's own providers.
  public static Crypto jdk() {
    return new Crypto(Optional.empty());
  }

  /// `provider` for what it offers, the JDK's own for the rest.
  public static Crypto preferring(Provider provider) {
    return new Crypto(Optional.of(provider));
  }

  Signature signature(String algorithm) throws GeneralSecurityException {
    return offers("Signature", algorithm)
        ? Signature.getInstance(algorithm, preferred.orElseThrow())
        : Signature.getInstance(algorithm);
  }

  KeyFactory keyFactory(String algorithm) throws GeneralSecurityException {
    return offers("KeyFactory", algorithm)
        ? KeyFactory.getInstance(algorithm, preferred.orElseThrow())
        : KeyFactory.getInstance(algorithm);
  }

  private boolean offers(String service, String algorithm) {
    return preferred.map(provider -> provider.getService(service, algorithm)).isPresent();
  }
}
