package dev.tegata.credentials;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An RSA public key, in the two forms in which IAM takes and tells it: a line of OpenSSH's, or
/// PEM.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc4253#section-6.6> Source:
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadSSHPublicKey.html>
public record SshRsaKey(BigInteger exponent, BigInteger modulus) {
  private static final String TYPE = "ssh-rsa";
  private static final Pattern LINE =
      Pattern.compile("ssh-rsa[ \\t]+([A-Za-z0-9+/]+=*)([ \\t].*)?");
  private static final int PEM_WIDTH = 64;

  /// What stands before the key of PKCS #1 in that of X.509, but for the lengths: the algorithm
  /// rsaEncryption, without parameters.
  private static final byte[] RSA_ENCRYPTION =
      HexFormat.of().parseHex("300d06092a864886f70d0101010500");

  public SshRsaKey {
    if (exponent.signum() < 0 || modulus.signum() < 0) {
      throw new IllegalArgumentException("a key of negative numbers");
    }
    x509(exponent, modulus); // so that each key can be written
  }

  private static byte[] x509(BigInteger exponent, BigInteger modulus) {
    try {
      return KeyFactory.getInstance("RSA")
          .generatePublic(new RSAPublicKeySpec(modulus, exponent))
          .getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("no numbers of an RSA key", e);
    }
  }

  /// Reads either form.
  ///
  /// @throws IllegalArgumentException when it is none of them, or a key of another kind
  public static SshRsaKey parse(String text) {
    Matcher line = LINE.matcher(text.strip());
    if (line.matches()) {
      return ofBlob(Base64.getDecoder().decode(line.group(1)));
    }
    List<Pem> blocks = Pem.parse(text);
    if (blocks.size() != 1) {
      throw new IllegalArgumentException("not one public key but " + blocks.size());
    }
    Pem block = blocks.getFirst();
    return switch (block.label()) {
      case "PUBLIC KEY" -> ofX509(block.bytes());
      case "RSA PUBLIC KEY" -> ofX509(inX509(block.bytes()));
      default -> throw new IllegalArgumentException("`" + block.label() + "` is no public key");
    };
  }

  private static SshRsaKey ofBlob(byte[] blob) {
    ByteBuffer left = ByteBuffer.wrap(blob);
    try {
      String type = new String(part(left), US_ASCII);
      BigInteger exponent = new BigInteger(part(left));
      BigInteger modulus = new BigInteger(part(left));
      if (!type.equals(TYPE) || left.hasRemaining()) {
        throw new IllegalArgumentException("not the blob of an `ssh-rsa` key");
      }
      return new SshRsaKey(exponent, modulus);
    } catch (BufferUnderflowException | NumberFormatException e) {
      throw new IllegalArgumentException("the blob of a key ends too early", e);
    }
  }

  private static byte[] part(ByteBuffer left) {
    int length = left.getInt();
    if (length < 0 || length > left.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] part = new byte[length];
    left.get(part);
    return part;
  }

  private static SshRsaKey ofX509(byte[] der) {
    try {
      if (KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der))
          instanceof RSAPublicKey key) {
        return new SshRsaKey(key.getPublicExponent(), key.getModulus());
      }
      throw new IllegalArgumentException("not an RSA key");
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not an RSA key", e);
    }
  }

  private static byte[] inX509(byte[] pkcs1) {
    byte[] bits = der(0x03, concat(new byte[] {0}, pkcs1));
    return der(0x30, concat(RSA_ENCRYPTION, bits));
  }

  /// A value of ASN.1 with its tag and its length.
  private static byte[] der(int tag, byte[] content) {
    int length = content.length;
    byte[] head =
        length < 0x80
            ? new byte[] {(byte) tag, (byte) length}
            : new byte[] {(byte) tag, (byte) 0x82, (byte) (length >>> Byte.SIZE), (byte) length};
    return concat(head, content);
  }

  private static byte[] concat(byte[] first, byte[] second) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(first);
    all.writeBytes(second);
    return all.toByteArray();
  }

  /// How many bits the modulus has.
  public int bits() {
    return modulus.bitLength();
  }

  /// The MD5 of the key's blob, as `ssh-keygen -E md5` shows it.
  public String fingerprint() {
    try {
      return HexFormat.ofDelimiter(":").formatHex(MessageDigest.getInstance("MD5").digest(blob()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  /// The line of OpenSSH's, without a comment.
  public String toSsh() {
    return TYPE + " " + Base64.getEncoder().encodeToString(blob());
  }

  private byte[] blob() {
    ByteArrayOutputStream blob = new ByteArrayOutputStream();
    for (byte[] part :
        new byte[][] {TYPE.getBytes(US_ASCII), exponent.toByteArray(), modulus.toByteArray()}) {
      blob.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
      blob.writeBytes(part);
    }
    return blob.toByteArray();
  }

  /// The key as X.509 has it, in PEM.
  public String toPem() {
    String text =
        Base64.getMimeEncoder(PEM_WIDTH, "\n".getBytes(US_ASCII))
            .encodeToString(x509(exponent, modulus));
    return "-----BEGIN PUBLIC KEY-----\n" + text + "\n-----END PUBLIC KEY-----\n";
  }
}
