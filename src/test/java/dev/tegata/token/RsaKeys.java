package dev.tegata.token;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;

/// RSA keys for tests. Amazon Corretto Crypto Provider makes them and signs where its native
/// library loads: the JDK takes most of a second for a key while nothing but the first compiler
/// runs, as in tests.
public final class RsaKeys {
  static final Crypto CRYPTO =
      AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError() == null
          ? Crypto.preferring(AmazonCorrettoCryptoProvider.INSTANCE)
          : Crypto.jdk();

  private RsaKeys() {}

  /// A new key of 2048 bits.
  public static RSAKey create(String keyId) {
    KeyPair pair = pair(2048);
    return new RSAKey.Builder((RSAPublicKey) pair.getPublic())
        .privateKey(pair.getPrivate())
        .keyID(keyId)
        .build();
  }

  /// What signs with `key`, by RSA in its older and its newer form.
  public static RSASSASigner signer(RSAKey key) {
    try {
      RSASSASigner signer = new RSASSASigner(key);
      signer.getJCAContext().setProvider(CRYPTO.signature("SHA256withRSA").getProvider());
      return signer;
    } catch (GeneralSecurityException | JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  public static KeyPair pair(int bits) {
    try {
      KeyPairGenerator generator = CRYPTO.keyPairGenerator("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
