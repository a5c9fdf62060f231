package dev.tegata.token;

import dev.tegata.token.Spares.Use;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Signature;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Who computes signatures: the JDK, or a provider that does it faster where it can.
public final class Crypto {
  private final @Nullable Provider preferred;
  private final Map<String, Spares<Signature>> signatures = new ConcurrentHashMap<>();

  private Crypto(@Nullable Provider preferred) {
    this.preferred = preferred;
  }

  /// The JDK's own providers.
  public static Crypto jdk() {
    return new Crypto(null);
  }

  /// `provider` for what it offers, the JDK's own for the rest.
  public static Crypto preferring(Provider provider) {
    return new Crypto(provider);
  }

  /// Makes pairs of keys, such as of `RSA`.
  public KeyPairGenerator keyPairGenerator(String algorithm) throws GeneralSecurityException {
    return preferred != null && preferred.getService("KeyPairGenerator", algorithm) != null
        ? KeyPairGenerator.getInstance(algorithm, preferred)
        : KeyPairGenerator.getInstance(algorithm);
  }

  /// The result of `use`, which gets an engine for signatures of `algorithm`.
  <R> R withSignature(String algorithm, Use<Signature, R> use) throws GeneralSecurityException {
    return signatures
        .computeIfAbsent(algorithm, name -> new Spares<>(() -> signature(name)))
        .lend(use);
  }

  Signature signature(String algorithm) throws GeneralSecurityException {
    return preferred != null && preferred.getService("Signature", algorithm) != null
        ? Signature.getInstance(algorithm, preferred)
        : Signature.getInstance(algorithm);
  }

  KeyFactory keyFactory(String algorithm) throws GeneralSecurityException {
    return preferred != null && preferred.getService("KeyFactory", algorithm) != null
        ? KeyFactory.getInstance(algorithm, preferred)
        : KeyFactory.getInstance(algorithm);
  }
}
