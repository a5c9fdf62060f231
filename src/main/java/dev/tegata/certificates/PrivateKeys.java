package dev.tegata.certificates;

import dev.tegata.aws.IamError.KeyPairMismatch;
import dev.tegata.aws.IamError.MalformedCertificate;
import dev.tegata.aws.Refusal;
import dev.tegata.credentials.Pem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Private keys as requests bring them: RSA or elliptic curve, in PKCS #8 or the older forms, not
/// encrypted. None is ever repeated in a message.
///
/// The words for a key that cannot be read are from memory of AWS.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc5208#section-5>
/// <https://www.rfc-editor.org/rfc/rfc5915#section-3>
final class PrivateKeys {
  private static final String PKCS8 = "PRIVATE KEY";
  private static final String PKCS1 = "RSA PRIVATE KEY";
  private static final String SEC1 = "EC PRIVATE KEY";
  private static final String CURVE = "EC PARAMETERS";
  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;
  private static final byte[] ZERO = {2, 1, 0};
  private static final byte[] RSA_ALGORITHM =
      HexFormat.of().parseHex("300d06092a864886f70d0101010500");
  private static final byte[] ELLIPTIC = HexFormat.of().parseHex("06072a8648ce3d0201");

  private PrivateKeys() {}

  /// Lets `pem` pass if it is the private key of `certified`.
  static void requireOf(PublicKey certified, String pem) {
    if (!(certified instanceof RSAPublicKey) && !(certified instanceof ECPublicKey)) {
      throw new Refusal(
          new MalformedCertificate(
              "the certificate has a key of `%s`, not of RSA or an elliptic curve"
                  .formatted(certified.getAlgorithm())));
    }
    boolean matches =
        switch (read(certified, pem)) {
          case RSAPrivateKey key -> matches(key, certified);
          case ECPrivateKey key -> matches(key, certified);
          case PrivateKey _ -> false;
        };
    if (!matches) {
      throw new Refusal(new KeyPairMismatch("the private key does not match the certificate"));
    }
  }

  private static boolean matches(RSAPrivateKey key, PublicKey certified) {
    return certified instanceof RSAPublicKey other
        && key.getModulus().equals(other.getModulus())
        && (!(key instanceof RSAPrivateCrtKey crt)
            || crt.getPublicExponent().equals(other.getPublicExponent()));
  }

  /// Whether what one signs the other verifies.
  private static boolean matches(ECPrivateKey key, PublicKey certified) {
    if (!(certified instanceof ECPublicKey)) {
      return false;
    }
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(key);
      signature.update(ELLIPTIC);
      byte[] signed = signature.sign();
      signature.initVerify(certified);
      signature.update(ELLIPTIC);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static PrivateKey read(PublicKey certified, String pem) {
    try {
      List<Pem> blocks = new ArrayList<>(Pem.parse(pem));
      blocks.removeIf(block -> block.label().equals(CURVE));
      if (blocks.size() != 1) {
        throw new IllegalArgumentException("it holds " + blocks.size() + " keys, not one");
      }
      return read(certified, blocks.getFirst());
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      throw Refusal.because(
          "the private key cannot be read", new MalformedCertificate("Invalid Private Key."));
    }
  }

  private static PrivateKey read(PublicKey certified, Pem block) throws GeneralSecurityException {
    return switch (block.label()) {
      case PKCS1 -> key("RSA", wrapped(RSA_ALGORITHM, block.bytes()));
      case SEC1 -> key("EC", wrapped(curve(certified), block.bytes()));
      case PKCS8 -> {
        try {
          yield key(certified.getAlgorithm(), block.bytes());
        } catch (InvalidKeySpecException e) { // a whole key, but of the other kind, does not match
          yield key(certified instanceof RSAPublicKey ? "EC" : "RSA", block.bytes());
        }
      }
      default -> throw new IllegalArgumentException("it is not a private key");
    };
  }

  private static PrivateKey key(String algorithm, byte[] pkcs8) throws GeneralSecurityException {
    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
  }

  /// The algorithm of a key on the curve of the certificate, on which it must be to match.
  private static byte[] curve(PublicKey certified) throws GeneralSecurityException {
    if (!(certified instanceof ECPublicKey elliptic)) {
      throw new Refusal(new KeyPairMismatch("the private key does not match the certificate"));
    }
    java.security.AlgorithmParameters parameters =
        java.security.AlgorithmParameters.getInstance("EC");
    parameters.init(elliptic.getParams());
    try {
      return der(SEQUENCE, ELLIPTIC, parameters.getEncoded());
    } catch (IOException e) {
      throw new IllegalArgumentException("its curve has no name", e);
    }
  }

  /// The older form of a key in the newer one.
  private static byte[] wrapped(byte[] algorithm, byte[] key) {
    return der(SEQUENCE, ZERO, algorithm, der(OCTETS, key));
  }

  private static byte[] der(int tag, byte[]... contents) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : contents) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    int length = content.size();
    if (length < 128) {
      out.write(length);
    } else { // requests hold no more than two bytes can say
      out.write(0x82);
      out.write(length >> 8);
      out.write(length);
    }
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }
}
