package dev.tegata.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.tegata.federation.JwkSource.Answer;
import dev.tegata.federation.JwkSource.Answer.Found;
import dev.tegata.federation.JwkSource.Answer.UntrustedServer;
import dev.tegata.federation.JwkSource.Voucher;
import dev.tegata.store.OidcProvider.KeyRetrieval;
import dev.tegata.token.Crypto;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// An issuer behind TLS, with certificates that no platform knows.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServerTrustTest {
  private static final String KEYS = // of RFC 7517, appendix A.1
      """
      {"keys": [{"kty": "EC", "crv": "P-256", "kid": "1",
       "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
       "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}]}
      """;
  private static final String NONE = "0000000000000000000000000000000000000000";

  private TlsIssuer good;
  private TlsIssuer misnamed;
  private TlsIssuer expired;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    good = new TlsIssuer(folder.resolve("good.p12"), "ip:127.0.0.1", "-1d", KEYS);
    misnamed = new TlsIssuer(folder.resolve("misnamed.p12"), "dns:other.example", "-1d", KEYS);
    expired = new TlsIssuer(folder.resolve("expired.p12"), "ip:127.0.0.1", "-100d", KEYS);
  }

  @AfterAll
  void stop() {
    good.close();
    misnamed.close();
    expired.close();
  }

  /// Where `issuer` is, and by what its server is known.
  private static KeyLocation knownBy(
      TlsIssuer issuer, List<String> thumbprints, List<X509Certificate> authorities) {
    return new KeyLocation(
        issuer.url(),
        thumbprints,
        new KeyRetrieval(null, authorities.stream().map(TlsIssuer::pem).toList(), false),
        true);
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
    assertThat(find(knownBy(good, List.of(), List.of()))).isInstanceOf(UntrustedServer.class);
  }

  @Test
  void an_authority_of_the_provider_vouches_for_it() {
    assertVouched(
        knownBy(good, List.of(NONE), List.of(good.authority())), Voucher.CERTIFICATE_AUTHORITY);
  }

  @Test
  void a_thumbprint_of_its_authority_or_its_own_vouches_for_it() throws Exception {
    for (X509Certificate certificate : List.of(good.authority(), good.own())) {
      assertVouched(
          knownBy(good, List.of(NONE, ServerTrust.thumbprint(certificate)), List.of()),
          Voucher.THUMBPRINT);
    }
  }

  @Test
  void another_thumbprint_or_another_authority_does_not() {
    assertThat(find(knownBy(good, List.of(NONE), List.of(expired.authority()))))
        .isInstanceOf(UntrustedServer.class);
  }

  @Test
  void a_certificate_for_another_name_is_refused_whoever_vouches() throws Exception {
    assertThat(find(knownBy(misnamed, List.of(), List.of(misnamed.authority()))))
        .isInstanceOf(UntrustedServer.class);
    assertThat(find(knownBy(misnamed, List.of(ServerTrust.thumbprint(misnamed.own())), List.of())))
        .isInstanceOf(UntrustedServer.class);
  }

  @Test
  void an_expired_certificate_is_refused_whoever_vouches() throws Exception {
    assertThat(find(knownBy(expired, List.of(), List.of(expired.authority()))))
        .isInstanceOf(UntrustedServer.class);
    assertThat(find(knownBy(expired, List.of(ServerTrust.thumbprint(expired.own())), List.of())))
        .isInstanceOf(UntrustedServer.class);
  }

  @Test
  void keys_that_were_given_to_us_are_asked_of_nobody() {
    KeyLocation nowhere =
        new KeyLocation(
            "https://issuer.invalid", List.of(), new KeyRetrieval(KEYS, List.of(), false), false);
    assertVouched(nowhere, Voucher.NOBODY);
  }

  @Test
  void what_is_not_a_certificate_is_told() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ServerTrust.certificates("?"))
        .withMessage("not a certificate in PEM");
  }
}
