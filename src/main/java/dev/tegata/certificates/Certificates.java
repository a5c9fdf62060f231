package dev.tegata.certificates;

import dev.tegata.aws.IamError.MalformedCertificate;
import dev.tegata.aws.Refusal;
import dev.tegata.credentials.Pem;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;

/// X.509 certificates as requests bring them, or the refusal in IAM's words.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc5280#section-4>
public final class Certificates {

  private Certificates() {}

  /// The one certificate in `pem`.
  public static X509Certificate one(String pem) {
    try {
      List<X509Certificate> all = read(pem);
      if (all.size() == 1) {
        return all.getFirst();
      }
      throw unreadable("it holds " + all.size() + " certificates, not one");
    } catch (IllegalArgumentException e) {
      throw unreadable(String.valueOf(e.getMessage()));
    }
  }

  private static Refusal unreadable(String why) {
    return Refusal.because(
        "the certificate cannot be read: " + why,
        new MalformedCertificate(
            "Unable to parse certificate. Please ensure the certificate is in PEM format."));
  }

  /// Lets `pem` pass if it holds those who issued `certificate`, each signed by the next.
  static void requireChain(X509Certificate certificate, String pem) {
    List<X509Certificate> chain = new ArrayList<>(List.of(certificate));
    try {
      chain.addAll(read(pem));
    } catch (IllegalArgumentException e) {
      throw broken(-1, String.valueOf(e.getMessage()));
    }
    for (int i = 1; i < chain.size(); i++) {
      requireSigned(chain.get(i - 1), chain.get(i), i - 2);
    }
  }

  /// The JDK bounds how long keys of RSA and curves may be, and so how long this takes; not others.
  private static void requireSigned(X509Certificate signed, X509Certificate by, int index) {
    if (!signed.getIssuerX500Principal().equals(by.getSubjectX500Principal())) {
      throw broken(index, "the next one is not of its issuer");
    }
    PublicKey key = by.getPublicKey();
    if (!(key instanceof RSAPublicKey || key instanceof ECPublicKey)) {
      throw broken(
          index, "the key of the next one is of `" + key.getAlgorithm() + "`, not RSA or EC");
    }
    try {
      signed.verify(key);
    } catch (GeneralSecurityException | RuntimeException e) { // so the JDK meets odd keys
      throw broken(index, "its signature is not that of the next one: " + e.getMessage());
    }
  }

  /// The certificate itself has the index -1.
  private static Refusal broken(int index, String why) {
    return Refusal.because(
        "certificate " + index + " of the chain is refused: " + why,
        new MalformedCertificate(
            "Unable to validate certificate chain. The certificate chain must start with the"
                + " immediate signing certificate, followed by any intermediaries in order. The"
                + " index within the chain of the invalid certificate is: "
                + index));
  }

  /// @throws IllegalArgumentException when there is anything but certificates in `pem`
  private static List<X509Certificate> read(String pem) {
    return Pem.parse(pem).stream().map(Pem::certificate).toList();
  }
}
