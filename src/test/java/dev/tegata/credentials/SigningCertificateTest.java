package dev.tegata.credentials;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The certificates of `vectors/credentials` are OpenSSL's.
class SigningCertificateTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private static String file(String name) throws IOException {
    return Files.readString(Path.of("src/test/resources/vectors/credentials", name));
  }

  @Test
  void one_certificate_has_one_id_however_its_lines_are_broken() throws IOException {
    String body = file("certificate-good.pem");
    String joined = body.replaceAll("(?<=[A-Za-z0-9+/=])\n(?=[A-Za-z0-9+/=])", "");
    assertThat(joined.lines()).hasSize(3);
    assertThat(SigningCertificate.of(joined, NOON).id())
        .isEqualTo(SigningCertificate.of(body, NOON).id())
        .matches("[A-Z2-7]{32}")
        .isNotEqualTo(SigningCertificate.of(file("certificate-other.pem"), NOON).id());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "MIIB",
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
        "-----BEGIN CERTIFICATE-----\n=\n-----END CERTIFICATE-----",
        "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----"
      })
  void what_is_no_certificate_is_not_read(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> SigningCertificate.read(text));
  }

  @Test
  void two_certificates_are_not_one() throws IOException {
    String two = file("certificate-good.pem") + file("certificate-other.pem");
    assertThatIllegalArgumentException().isThrownBy(() -> SigningCertificate.read(two));
  }

  @Tag("fuzz")
  @FuzzTest
  void whatever_is_read_has_an_id(byte[] bytes) {
    String text = new String(bytes, ISO_8859_1);
    try {
      SigningCertificate.read(text);
    } catch (IllegalArgumentException e) {
      return;
    }
    assertThat(SigningCertificate.of(text, NOON).id()).matches("[A-Z2-7]{32}");
  }
}
