package dev.tegata.keys;

import dev.tegata.token.Crypto;
import dev.tegata.token.Jwk;
import dev.tegata.token.JwsAlgorithm;
import dev.tegata.token.KeyId;
import dev.tegata.token.Thumbprint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;

/// A key that an issuer signs its tokens with: RSA of 2048 bits for RS256 as at GitHub, or EC on
/// P-384 for ES384.
///
/// Named by its thumbprint, so that two keys never have the same name.
public final class SigningKey {
  private static final int BITS = 2048;

  private final KeyPair pair;
  private final KeyId keyId;

  private final JwsAlgorithm algorithm;

  private SigningKey(KeyPair pair) {
    this.pair = pair;
    this.algorithm = pair.getPublic() instanceof ECKey ? JwsAlgorithm.ES384 : JwsAlgorithm.RS256;
    this.keyId = new KeyId(Thumbprint.of(pair.getPublic()).text());
  }

  /// A new key for ES384.
  public static SigningKey createElliptic(Crypto crypto) {
    try {
      KeyPairGenerator generator = crypto.keyPairGenerator("EC");
      generator.initialize(new ECGenParameterSpec("secp384r1"));
      return new SigningKey(generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform has no P-384", e);
    }
  }

  /// A new key for RS256, which takes about a tenth of a second.
  public static SigningKey create(Crypto crypto) {
    try {
      KeyPairGenerator generator = crypto.keyPairGenerator("RSA");
      generator.initialize(BITS);
      return new SigningKey(generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform has no RSA", e);
    }
  }

  /// Reads what [#unsafeBytes] wrote.
  ///
  /// @throws IllegalArgumentException when it did not write this
  static SigningKey parse(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      byte[] publicKey = in.readNBytes(in.readInt());
      byte[] privateKey = in.readAllBytes();
      try {
        return new SigningKey(pair("RSA", publicKey, privateKey));
      } catch (InvalidKeySpecException e) {
        return new SigningKey(pair("EC", publicKey, privateKey));
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException("not a signing key", e);
    }
  }

  private static KeyPair pair(String type, byte[] publicKey, byte[] privateKey)
      throws GeneralSecurityException {
    KeyFactory factory = KeyFactory.getInstance(type);
    return new KeyPair(
        factory.generatePublic(new X509EncodedKeySpec(publicKey)),
        factory.generatePrivate(new PKCS8EncodedKeySpec(privateKey)));
  }

  /// Both halves, in the clear: to be sealed at once.
  byte[] unsafeBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      byte[] publicKey = pair.getPublic().getEncoded();
      out.writeInt(publicKey.length);
      out.write(publicKey);
      out.write(pair.getPrivate().getEncoded());
    } catch (IOException e) {
      throw new IllegalStateException("an array does not fail", e);
    }
    return bytes.toByteArray();
  }

  public KeyId keyId() {
    return keyId;
  }

  public JwsAlgorithm algorithm() {
    return algorithm;
  }

  /// The public half, as the JWK set shows it.
  public Jwk published() {
    return new Jwk(keyId, algorithm, pair.getPublic());
  }

  /// The private half, for signing.
  public PrivateKey unsafePrivateKey() {
    return pair.getPrivate();
  }

  @Override
  public String toString() {
    return "SigningKey[" + keyId + ", the rest hidden]";
  }
}
