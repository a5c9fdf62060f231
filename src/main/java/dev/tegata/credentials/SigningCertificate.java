package dev.tegata.credentials;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/// An X.509 certificate that a user has uploaded, in PEM as it came.
///
/// Its id is drawn from the certificate, so that one certificate has one id.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SigningCertificate.html>
public record SigningCertificate(String id, String body, Instant uploaded, boolean active) {
  private static final int ID_BYTES = 20;

  /// The certificate that `body` holds.
  ///
  /// @throws IllegalArgumentException when `body` is not one certificate in PEM
  public static X509Certificate read(String body) {
    List<Pem> blocks = Pem.parse(body);
    if (blocks.size() != 1) {
      throw new IllegalArgumentException("not one certificate but " + blocks.size());
    }
    return blocks.getFirst().certificate();
  }

  /// An active certificate of a body that was read before.
  public static SigningCertificate of(String body, Instant uploaded) {
    return new SigningCertificate(id(read(body)), body, uploaded, true);
  }

  private static String id(X509Certificate certificate) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return Base32.encode(Arrays.copyOf(hash, ID_BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate that was read cannot be written", e);
    }
  }

  public SigningCertificate withActive(boolean other) {
    return new SigningCertificate(id, body, uploaded, other);
  }
}
