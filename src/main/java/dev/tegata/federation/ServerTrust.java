package dev.tegata.federation;

import dev.tegata.federation.JwkSource.Voucher;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Whether the certificates of an issuer's server are vouched for: by the platform's authorities,
/// or else by one that the provider names, or else by a certificate of the chain that has one of
/// the provider's thumbprints.
///
/// As at AWS, a thumbprint counts only where the authorities do not know the server. The name in
/// the certificate and its dates are checked in each case. One connection uses one of these.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc_verify-thumbprint.html>
final class ServerTrust extends X509ExtendedTrustManager {
  private final KeyLocation location;
  private final X509ExtendedTrustManager platform = trusting(null);
  private volatile Voucher voucher = Voucher.NOBODY;

  ServerTrust(KeyLocation location) {
    this.location = location;
  }

  /// A TLS context that asks this.
  SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {this}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform has no TLS", e);
    }
  }

  /// Who vouched for the server of the last connection.
  Voucher voucher() {
    return voucher;
  }

  /// The certificates in `pem`, one or more.
  ///
  /// @throws IllegalArgumentException when they are none
  static List<X509Certificate> certificates(String pem) {
    try {
      List<X509Certificate> certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (certificates.isEmpty()) {
        throw new IllegalArgumentException("there is no certificate in it");
      }
      return certificates;
    } catch (CertificateException e) {
      throw new IllegalArgumentException("not a certificate in PEM", e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    check(chain, manager -> manager.checkServerTrusted(chain, authType, socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain, manager -> manager.checkServerTrusted(chain, authType, engine));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(chain, manager -> manager.checkServerTrusted(chain, authType));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("no client is trusted here");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }

  /// One way of asking a trust manager of the platform.
  private interface Question {
    void ask(X509ExtendedTrustManager manager) throws CertificateException;
  }

  private void check(X509Certificate[] chain, Question question) throws CertificateException {
    CertificateException unknown;
    try {
      question.ask(platform);
      voucher = Voucher.TRUST_STORE;
      return;
    } catch (CertificateException e) {
      unknown = e;
    }
    for (X509Certificate certificate : chain) {
      certificate.checkValidity(); // an anchor's dates are nobody else's business
    }
    List<X509Certificate> authorities = new ArrayList<>();
    location
        .retrieval()
        .certificateAuthorities()
        .forEach(pem -> authorities.addAll(certificates(pem)));
    if (passes(authorities, question)) {
      voucher = Voucher.CERTIFICATE_AUTHORITY;
    } else if (passes(withThumbprint(chain), question)) {
      voucher = Voucher.THUMBPRINT;
    } else {
      throw unknown;
    }
  }

  private static boolean passes(List<X509Certificate> anchors, Question question) {
    if (anchors.isEmpty()) {
      return false;
    }
    try {
      question.ask(trusting(anchors));
      return true;
    } catch (CertificateException e) {
      return false; // what is told is why the platform does not know the server
    }
  }

  private List<X509Certificate> withThumbprint(X509Certificate[] chain)
      throws CertificateException {
    List<X509Certificate> named = new ArrayList<>();
    for (X509Certificate certificate : chain) {
      if (location.thumbprints().contains(thumbprint(certificate))) {
        named.add(certificate);
      }
    }
    return named;
  }

  /// The SHA-1 of a certificate, in small hexadecimal digits, as IAM names it.
  static String thumbprint(X509Certificate certificate) throws CertificateException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new CertificateException(e);
    }
  }

  /// The platform's trust manager for `anchors`, or for its own where there are none.
  private static X509ExtendedTrustManager trusting(@Nullable List<X509Certificate> anchors) {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(anchors == null ? null : store(anchors));
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509ExtendedTrustManager found) {
          return found;
        }
      }
      throw new IllegalStateException("this Java platform has no X.509 trust manager");
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the platform's trust store cannot be read", e);
    }
  }

  private static KeyStore store(List<X509Certificate> anchors)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (int i = 0; i < anchors.size(); i++) {
      store.setCertificateEntry(Integer.toString(i), anchors.get(i));
    }
    return store;
  }
}
