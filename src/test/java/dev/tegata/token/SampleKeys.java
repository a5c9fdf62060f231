package dev.tegata.token;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Keys for tests, made anew in every run: no test may depend on their numbers.
final class SampleKeys {
  static final KeyPair RSA = RsaKeys.pair(2048);
  static final KeyPair OTHER_RSA = RsaKeys.pair(2048);
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

  static KeyPair ec(String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The JDK, and Amazon Corretto Crypto Provider where its native library loads.
  static Stream<Crypto> cryptos() {
    AmazonCorrettoCryptoProvider accp = AmazonCorrettoCryptoProvider.INSTANCE;
    return accp.getLoadingError() == null
        ? Stream.of(Crypto.jdk(), Crypto.preferring(accp))
        : Stream.of(Crypto.jdk());
  }

  static TokenSigner signer(JwsAlgorithm algorithm) {
    return new TokenSigner(
        new KeyId(algorithm.name()), algorithm, of(algorithm).getPrivate(), Crypto.jdk());
  }

  /// A set with one key an algorithm, called by the algorithm's name.
  static JwkSet keys() {
    return keys(Crypto.jdk());
  }

  static JwkSet keys(Crypto crypto) {
    List<Jwk> keys =
        Arrays.stream(JwsAlgorithm.values())
            .map(it -> new Jwk(new KeyId(it.name()), it, of(it).getPublic()))
            .toList();
    return JwkSet.read(Jwk.set(keys).toJson(), crypto);
  }
}
