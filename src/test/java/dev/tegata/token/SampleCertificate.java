package dev.tegata.token;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.HexFormat;

/// The smallest certificate that Java reads, for any key; [SampleKeys#RSA] issues it.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc5280#section-4.1>
final class SampleCertificate {
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final byte[] SHA_256_WITH_RSA =
      der(SEQUENCE, HexFormat.of().parseHex("06092a864886f70d01010b0500"));

  private SampleCertificate() {}

  /// The certificate in base64, as `x5c` has it.
  static String of(PublicKey key) {
    byte[] commonName = der(SEQUENCE, HexFormat.of().parseHex("06035504030c0178"));
    byte[] name = der(SEQUENCE, der(SET, commonName));
    byte[] time = der(0x17, "260101000000Z".getBytes(US_ASCII));
    byte[] version = HexFormat.of().parseHex("a003020102");
    byte[] serialNumber = der(0x02, new byte[] {1});
    byte[] body =
        der(
            SEQUENCE,
            version,
            serialNumber,
            SHA_256_WITH_RSA,
            name,
            der(SEQUENCE, time, time),
            name,
            key.getEncoded());
    byte[] signature = der(0x03, new byte[1], sign(body));
    return Base64.getEncoder().encodeToString(der(SEQUENCE, body, SHA_256_WITH_RSA, signature));
  }

  private static byte[] sign(byte[] body) {
    try {
      Signature signature = RsaKeys.CRYPTO.signature("SHA256withRSA");
      signature.initSign(SampleKeys.RSA.getPrivate());
      signature.update(body);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] der(int tag, byte[]... contents) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : contents) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.size() < 128) {
      out.write(content.size());
    } else {
      out.write(0x82);
      out.write(content.size() >> 8);
      out.write(content.size());
    }
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }
}
