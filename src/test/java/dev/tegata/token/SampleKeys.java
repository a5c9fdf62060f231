package dev.tegata.token;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.List;

/// Keys for tests, made anew in every run: no test may depend on their numbers.
final class SampleKeys {
  static final KeyPair RSA = rsa(2048);
  static final KeyPair OTHER_RSA = rsa(2048);
  static final KeyPair P_256 = ec("secp256r1");
  static final KeyPair OTHER_P_256 = ec("secp256r1");
  static final KeyPair P_384 = ec("secp384r1");
  static final KeyPair P_521 = ec("secp521r1");

  private SampleKeys() {}

  static KeyPair of(JwsAlgorithm algorithm) {
    return switch (algorithm.keyType()) {
      case RSA -> RSA;
      case P_256 -> P_256;
      case P_384 -> P_384;
      case P_521 -> P_521;
    };
  }

  static KeyPair rsa(int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static KeyPair ec(String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static TokenSigner signer(JwsAlgorithm algorithm) {
    return new TokenSigner(
        new KeyId(algorithm.name()), algorithm, of(algorithm).getPrivate(), Crypto.jdk());
  }

  /// A set with one key an algorithm, called by the algorithm's name.
  static JwkSet keys() {
    List<Jwk> keys =
        Arrays.stream(JwsAlgorithm.values())
            .map(it -> new Jwk(new KeyId(it.name()), it, of(it).getPublic()))
            .toList();
    return JwkSet.read(Jwk.set(keys).toJson(), Crypto.jdk());
  }
}
