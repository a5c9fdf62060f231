package dev.tegata.keys;

import dev.tegata.token.Crypto;
import dev.tegata.token.Jwk;
import dev.tegata.token.JwsAlgorithm;
import dev.tegata.token.KeyId;
import dev.tegata.token.Thumbprint;
import dev.tegata.token.TokenSigner;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Set;

/// A key that an issuer signs its tokens with: RSA of 2048 bits for RS256, as at GitHub, or one of
/// the curves P-256 for ES256 and P-384 for ES384.
///
/// Named by its thumbprint, so that two keys never have the same name.
public final class SigningKey {
  /// The algorithms that there are keys for.
  public static final Set<JwsAlgorithm> ALGORITHMS =
      Set.of(JwsAlgorithm.RS256, JwsAlgorithm.ES256, JwsAlgorithm.ES384);

  private static final int RSA_BITS = 2048;

  private final JwsAlgorithm algorithm;
  private final KeyPair pair;
  private final KeyId keyId;

  private SigningKey(JwsAlgorithm algorithm, KeyPair pair) {
    this.algorithm = algorithm;
    this.pair = pair;
    this.keyId = new KeyId(Thumbprint.of(pair.getPublic()).text());
  }

  /// A new key for `algorithm`, one of [#ALGORITHMS]; with RSA it takes about a tenth of a second.
  public static SigningKey create(JwsAlgorithm algorithm, Crypto crypto) {
    try {
      KeyPairGenerator generator = crypto.keyPairGenerator(javaName(algorithm));
      switch (algorithm) {
        case ES256 -> generator.initialize(new ECGenParameterSpec("secp256r1"));
        case ES384 -> generator.initialize(new ECGenParameterSpec("secp384r1"));
        default -> generator.initialize(RSA_BITS);
      }
      return new SigningKey(algorithm, generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform has no " + algorithm, e);
    }
  }

  /// Java's name for keys of `algorithm`.
  private static String javaName(JwsAlgorithm algorithm) {
    if (!ALGORITHMS.contains(algorithm)) {
      throw new IllegalArgumentException(
          "an issuer signs with RS256, ES256 or ES384, not " + algorithm);
    }
    return algorithm == JwsAlgorithm.RS256 ? "RSA" : "EC";
  }

  /// Reads what [#unsafeBytes] wrote.
  ///
  /// @throws IllegalArgumentException when it did not write this
  static SigningKey parse(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      JwsAlgorithm algorithm = JwsAlgorithm.valueOf(in.readUTF());
      byte[] publicKey = in.readNBytes(in.readInt());
      byte[] privateKey = in.readAllBytes();
      KeyFactory factory = KeyFactory.getInstance(javaName(algorithm));
      return new SigningKey(
          algorithm,
          new KeyPair(
              factory.generatePublic(new X509EncodedKeySpec(publicKey)),
              factory.generatePrivate(new PKCS8EncodedKeySpec(privateKey))));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException("not a signing key", e);
    }
  }

  /// Both halves, in the clear: to be sealed at once.
  byte[] unsafeBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      byte[] publicKey = pair.getPublic().getEncoded();
      out.writeUTF(algorithm.name());
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

  /// Signs with this key.
  public TokenSigner signer(Crypto crypto) {
    return new TokenSigner(keyId, algorithm, pair.getPrivate(), crypto);
  }

  @Override
  public String toString() {
    return "SigningKey[" + keyId + ", the rest hidden]";
  }
}
