package dev.tegata.federation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// An issuer on a loopback port behind TLS, with certificates that no platform knows.
public final class TlsIssuer implements AutoCloseable {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private final HttpsServer server;
  private final X509Certificate own;
  private final X509Certificate authority;
  private final String jwkSet;

  /// A server that tells `jwkSet`. Its certificate is for `subject`, as in `ip:127.0.0.1`, and good
  /// for fifty days from `start` on, as in `-1d`; `file` is for its keys.
  public TlsIssuer(Path file, String subject, String start, String jwkSet) throws Exception {
    keytool(file, "root", "-ext", "bc:c", "-startdate", "-200d", "-validity", "400");
    keytool(
        file,
        "leaf",
        "-signer",
        "root",
        "-ext",
        "san=" + subject,
        "-startdate",
        start,
        "-validity",
        "50");
    KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD);
    this.own = (X509Certificate) store.getCertificateChain("leaf")[0];
    this.authority = (X509Certificate) store.getCertificateChain("leaf")[1];
    this.jwkSet = jwkSet;
    this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls(store)));
    server.createContext("/", this::answer);
    server.start();
  }

  private SSLContext tls(KeyStore store) throws Exception {
    KeyStore keyOfLeaf = KeyStore.getInstance("PKCS12");
    keyOfLeaf.load(null, null);
    keyOfLeaf.setKeyEntry(
        "leaf", store.getKey("leaf", PASSWORD), PASSWORD, new X509Certificate[] {own, authority});
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(keyOfLeaf, PASSWORD);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(keys.getKeyManagers(), null, null);
    return tls;
  }

  private static void keytool(Path file, String alias, String... options)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD),
                "-keyalg",
                "EC",
                "-alias",
                alias,
                "-dname",
                "CN=" + alias));
    command.addAll(List.of(options));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (InputStream out = process.getInputStream()) {
      String said = new String(out.readAllBytes(), UTF_8);
      assertThat(process.waitFor()).as(said).isZero();
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body =
        exchange.getRequestURI().getPath().equals("/jwks")
            ? jwkSet
            : "{\"issuer\":\"%1$s\",\"jwks_uri\":\"%1$s/jwks\"}".formatted(url());
    try (exchange) {
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write(body.getBytes(UTF_8));
    }
  }

  public String url() {
    return "https://" + host();
  }

  public String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  X509Certificate own() {
    return own;
  }

  X509Certificate authority() {
    return authority;
  }

  /// The certificate of its authority, in PEM.
  public String authorityPem() {
    return pem(authority);
  }

  /// The thumbprint of its authority.
  public String thumbprint() throws CertificateException {
    return ServerTrust.thumbprint(authority);
  }

  static String pem(X509Certificate certificate) {
    try {
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
