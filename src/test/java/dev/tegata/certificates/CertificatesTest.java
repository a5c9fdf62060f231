package dev.tegata.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tegata.aws.Refusal;
import dev.tegata.iam.SamplePem;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificatesTest {
  private static String code(Runnable check) {
    try {
      check.run();
      return "yes";
    } catch (Refusal e) {
      assertThat(e.error().wire().message() + e.reason()).doesNotContain("MII");
      return e.error().wire().code();
    }
  }

  @Test
  void a_certificate_is_read_from_pem() {
    X509Certificate certificate = Certificates.one(SamplePem.read("leaf"));
    assertThat(certificate.getSubjectX500Principal().getName()).contains("CN=app.example");
    assertThat(certificate.getNotAfter().toInstant())
        .isEqualTo(Instant.parse("2100-01-01T00:00:00Z"));
    assertThat(Certificates.one("\n " + SamplePem.read("leaf").replace("\n", "\r\n\r\n")))
        .isEqualTo(certificate);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "certificate",
        "-----BEGIN CERTIFICATE-----",
        "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----",
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
        "-----BEGIN CERTIFICATE-----\nM*IB\n-----END CERTIFICATE-----",
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END X-----",
        "-----BEGIN -----",
        "-----BEGIN -----\n-----END -----",
      })
  void what_is_no_certificate_is_refused(String pem) {
    assertThat(code(() -> Certificates.one(pem))).isEqualTo("MalformedCertificate");
  }

  @Test
  void there_is_nothing_beside_the_one_certificate() {
    String pem = SamplePem.read("leaf");
    for (String other :
        List.of("Subject: CN=x\n" + pem, pem + "x", pem + pem, SamplePem.read("leaf.key") + pem)) {
      assertThat(code(() -> Certificates.one(other))).isEqualTo("MalformedCertificate");
    }
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/vectors/certificates/chains.csv", numLinesToSkip = 1)
  void a_chain_starts_with_the_issuer_and_goes_on_in_order(
      String certificate, String chain, String index) {
    String answer = "yes";
    try {
      Certificates.requireChain(
          Certificates.one(SamplePem.read(certificate)), SamplePem.read(chain.split(" ", -1)));
    } catch (Refusal e) {
      assertThat(e.error().wire().message())
          .startsWith(
              "Unable to validate certificate chain. The certificate chain must start with");
      answer = e.error().wire().message().replaceAll(".*: ", "");
    }
    assertThat(answer).isEqualTo(index);
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/vectors/certificates/keys.csv", numLinesToSkip = 1)
  void a_key_belongs_to_a_certificate_or_does_not(String certificate, String key, String answer) {
    assertThat(
            code(() ->
                PrivateKeys.requireOf(
                    Certificates.one(SamplePem.read(certificate)).getPublicKey(),
                    SamplePem.read(key.split(" ", -1)))))
        .isEqualTo(answer);
  }

  @Tag("fuzz")
  @FuzzTest(maxDuration = "60s")
  void any_bytes_are_a_certificate_or_refused(byte[] bytes) {
    String base64 = java.util.Base64.getEncoder().encodeToString(bytes);
    String text = new String(bytes, StandardCharsets.UTF_8);
    for (String pem : List.of(text, block("CERTIFICATE", base64))) {
      assertThat(code(() -> Certificates.one(pem))).isIn("yes", "MalformedCertificate");
    }
  }

  @Tag("fuzz")
  @FuzzTest(maxDuration = "60s")
  void any_bytes_are_a_private_key_or_refused(byte[] bytes) {
    String base64 = java.util.Base64.getEncoder().encodeToString(bytes);
    for (String certificate : List.of("leaf", "elliptic")) {
      X509Certificate certified = Certificates.one(SamplePem.read(certificate));
      for (String label : List.of("PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY")) {
        assertThat(
                code(() -> PrivateKeys.requireOf(certified.getPublicKey(), block(label, base64))))
            .isIn("MalformedCertificate", "KeyPairMismatch");
      }
    }
  }

  private static String block(String label, String base64) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, base64, label);
  }
}
