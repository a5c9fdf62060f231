package dev.tegata.credentials;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;

/// A block of a text in PEM: what it is labelled as, such as `CERTIFICATE`, and its bytes.
///
/// Stricter than the RFC: beside the blocks there may be nothing but blanks, as at AWS.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc7468>
public final class Pem {
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";
  private static final String CERTIFICATE = "CERTIFICATE";

  private final String label;
  private final byte[] bytes;

  private Pem(String label, byte[] bytes) {
    this.label = label;
    this.bytes = bytes;
  }

  public String label() {
    return label;
  }

  public byte[] bytes() {
    return bytes;
  }

  /// The blocks of `text`, one or more.
  ///
  /// @throws IllegalArgumentException when there is something else in it
  public static List<Pem> parse(String text) {
    List<Pem> blocks = new ArrayList<>();
    Iterator<String> lines =
        text.lines().map(String::strip).filter(line -> !line.isEmpty()).iterator();
    while (lines.hasNext()) {
      blocks.add(block(lines.next(), lines));
    }
    if (blocks.isEmpty()) {
      throw new IllegalArgumentException("there is no block of PEM");
    }
    return blocks;
  }

  /// The certificate that this block is.
  ///
  /// @throws IllegalArgumentException when it is none
  public X509Certificate certificate() {
    if (!label.equals(CERTIFICATE)) {
      throw new IllegalArgumentException("`" + label + "` is not `" + CERTIFICATE + "`");
    }
    try {
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(bytes));
      if (certificate.getEncoded().length != bytes.length) {
        throw new IllegalArgumentException("there is something behind the certificate");
      }
      return certificate;
    } catch (CertificateException e) {
      throw new IllegalArgumentException("it is not X.509: " + e.getMessage(), e);
    }
  }

  private static Pem block(String first, Iterator<String> lines) {
    if (!first.startsWith(BEGIN) || !first.endsWith(DASHES)) {
      throw new IllegalArgumentException("a block of PEM starts with `" + BEGIN + "`");
    }
    String label = first.substring(BEGIN.length(), first.length() - DASHES.length());
    String last = END + label + DASHES;
    StringBuilder base64 = new StringBuilder();
    while (lines.hasNext()) {
      String line = lines.next();
      if (line.equals(last)) {
        return new Pem(label, Base64.getDecoder().decode(base64.toString()));
      }
      base64.append(line);
    }
    throw new IllegalArgumentException("a block of PEM does not end");
  }

  /// Not the bytes, which may be a private key.
  @Override
  public String toString() {
    return "Pem[" + label + "]";
  }
}
