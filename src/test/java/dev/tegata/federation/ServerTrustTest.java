package dev.tegata.federation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.tegata.federation.JwkSource.Answer;
import dev.tegata.federation.JwkSource.Answer.Found;
import dev.tegata.federation.JwkSource.Answer.UntrustedServer;
import dev.tegata.federation.JwkSource.Voucher;
import dev.tegata.store.KeyRetrieval;
import dev.tegata.token.Crypto;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// An issuer behind TLS, with certificates that no platform knows.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServerTrustTest {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final String KEYS = // of RFC 7517, appendix A.1
      """
      {"keys": [{"kty": "EC", "crv": "P-256", "kid": "1",
       "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
       "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}]}
      """;
  private static final String NONE = "0000000000000000000000000000000000000000";

  private final List<HttpsServer> servers = new ArrayList<>();
  private TestIssuer good;
  private TestIssuer misnamed;
  private TestIssuer expired;

  /// Where an issuer listens, and its certificates: its own, then its authority's.
  private record TestIssuer(String url, X509Certificate own, X509Certificate authority) {
    KeyLocation knownBy(List<String> thumbprints, List<X509Certificate> authorities) {
      return new KeyLocation(
          url,
          thumbprints,
          new KeyRetrieval(null, authorities.stream().map(ServerTrustTest::pem).toList(), false));
    }
  }

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    good = start(folder.resolve("good.p12"), "ip:127.0.0.1", "-1d");
    misnamed = start(folder.resolve("misnamed.p12"), "dns:other.example", "-1d");
    expired = start(folder.resolve("expired.p12"), "ip:127.0.0.1", "-100d");
  }

  @AfterAll
  void stop() {
    servers.forEach(server -> server.stop(0));
  }

  /// A server whose certificate is for `subject` and good for fifty days from `start` on.
  private TestIssuer start(Path file, String subject, String start) throws Exception {
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
    X509Certificate[] chain = {
      (X509Certificate) store.getCertificateChain("leaf")[0],
      (X509Certificate) store.getCertificateChain("leaf")[1]
    };
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    own.setKeyEntry("leaf", store.getKey("leaf", PASSWORD), PASSWORD, chain);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, PASSWORD);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(keys.getKeyManagers(), null, null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    String url = "https://127.0.0.1:" + server.getAddress().getPort();
    server.createContext("/", exchange -> answer(exchange, url));
    server.start();
    servers.add(server);
    return new TestIssuer(url, chain[0], chain[1]);
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

  private static void answer(HttpExchange exchange, String url) throws IOException {
    String body =
        exchange.getRequestURI().getPath().equals("/jwks")
            ? KEYS
            : "{\"issuer\":\"%1$s\",\"jwks_uri\":\"%1$s/jwks\"}".formatted(url);
    try (exchange) {
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write(body.getBytes(UTF_8));
    }
  }

  private static String pem(X509Certificate certificate) {
    try {
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Answer find(KeyLocation location) {
    return new RemoteJwkSource(Crypto.jdk()).find(location);
  }

  private static void assertVouched(KeyLocation location, Voucher voucher) {
    assertThat(find(location))
        .asInstanceOf(type(Found.class))
        .extracting(Found::voucher)
        .isEqualTo(voucher);
  }

  @Test
  void a_server_that_nobody_knows_is_not_asked() {
    assertThat(find(good.knownBy(List.of(), List.of()))).isInstanceOf(UntrustedServer.class);
  }

  @Test
  void an_authority_of_the_provider_vouches_for_it() {
    assertVouched(
        good.knownBy(List.of(NONE), List.of(good.authority())), Voucher.CERTIFICATE_AUTHORITY);
  }

  @Test
  void a_thumbprint_of_its_authority_or_its_own_vouches_for_it() throws Exception {
    for (X509Certificate certificate : List.of(good.authority(), good.own())) {
      assertVouched(
          good.knownBy(List.of(NONE, ServerTrust.thumbprint(certificate)), List.of()),
          Voucher.THUMBPRINT);
    }
  }

  @Test
  void another_thumbprint_or_another_authority_does_not() {
    assertThat(find(good.knownBy(List.of(NONE), List.of(expired.authority()))))
        .isInstanceOf(UntrustedServer.class);
  }

  @Test
  void a_certificate_for_another_name_is_refused_whoever_vouches() throws Exception {
    assertThat(find(misnamed.knownBy(List.of(), List.of(misnamed.authority()))))
        .isInstanceOf(UntrustedServer.class);
    assertThat(find(misnamed.knownBy(List.of(ServerTrust.thumbprint(misnamed.own())), List.of())))
        .isInstanceOf(UntrustedServer.class);
  }

  @Test
  void an_expired_certificate_is_refused_whoever_vouches() throws Exception {
    assertThat(find(expired.knownBy(List.of(), List.of(expired.authority()))))
        .isInstanceOf(UntrustedServer.class);
    assertThat(find(expired.knownBy(List.of(ServerTrust.thumbprint(expired.own())), List.of())))
        .isInstanceOf(UntrustedServer.class);
  }

  @Test
  void keys_that_were_given_to_us_are_asked_of_nobody() {
    KeyLocation nowhere =
        new KeyLocation(
            "https://issuer.invalid", List.of(), new KeyRetrieval(KEYS, List.of(), false));
    assertVouched(nowhere, Voucher.NOBODY);
  }

  @Test
  void what_is_not_a_certificate_is_told() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ServerTrust.certificates("?"))
        .withMessage("not a certificate in PEM");
  }
}
