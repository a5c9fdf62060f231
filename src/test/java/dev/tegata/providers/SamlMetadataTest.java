package dev.tegata.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tegata.iam.SampleMetadata;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamlMetadataTest {
  private static final String OPEN =
      "<EntityDescriptor xmlns='urn:oasis:names:tc:SAML:2.0:metadata' ";
  private static final String PROVIDER = "><IDPSSODescriptor/></EntityDescriptor>";

  @Test
  void a_document_says_whom_it_describes() {
    SamlMetadata metadata = SamlMetadata.parse(SampleMetadata.document());
    assertThat(metadata.entityId()).isEqualTo("https://idp.example/saml");
    assertThat(metadata.validUntil()).isEmpty();
  }

  @Test
  void name_spaces_may_have_any_prefixes() {
    assertThat(
            SamlMetadata.parse(
                    "<md:EntityDescriptor xmlns:md='urn:oasis:names:tc:SAML:2.0:metadata'"
                        + " xmlns='urn:x' xmlns:x='urn:y' x:entityID='b' entityID='a'>"
                        + "<Extensions><x:y xmlns:md='urn:z'/></Extensions>"
                        + "<md:IDPSSODescriptor/></md:EntityDescriptor>")
                .entityId())
        .isEqualTo("a");
  }

  @ParameterizedTest
  @CsvSource({
    "2030-01-02T03:04:05Z, 2030-01-02T03:04:05Z",
    "2030-01-02T03:04:05.678Z, 2030-01-02T03:04:05.678Z",
    "2030-01-02T03:04:05+02:00, 2030-01-02T01:04:05Z",
    "2030-01-02T03:04:05, 2030-01-02T03:04:05Z",
  })
  void a_document_may_say_how_long_it_holds(String said, Instant meant) {
    assertThat(SamlMetadata.parse(OPEN + "entityID='a' validUntil='" + said + "'" + PROVIDER))
        .isEqualTo(new SamlMetadata("a", java.util.Optional.of(meant)));
  }

  @Test
  void of_two_times_the_first_counts() {
    String descriptor = "<IDPSSODescriptor validUntil='2029-01-01T00:00:00Z'/></EntityDescriptor>";
    assertThat(
            SamlMetadata.parse(
                    OPEN + "entityID='a' validUntil='2030-01-01T00:00:00Z'>" + descriptor)
                .validUntil())
        .contains(Instant.parse("2029-01-01T00:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "metadata",
        "<EntityDescriptor entityID='a'><IDPSSODescriptor/></EntityDescriptor>",
        OPEN + PROVIDER,
        OPEN + "entityID=''" + PROVIDER,
        OPEN + "entityID='a'></EntityDescriptor>",
        OPEN + "entityID='a'><SPSSODescriptor/></EntityDescriptor>",
        OPEN + "entityID='a'><x><IDPSSODescriptor/></x></EntityDescriptor>",
        OPEN + "entityID='a'><IDPSSODescriptor xmlns='urn:x'/></EntityDescriptor>",
        OPEN + "entityID='a'><x:IDPSSODescriptor/></EntityDescriptor>",
        OPEN + "entityID='a' validUntil='tomorrow'" + PROVIDER,
        OPEN + "entityID='a' validUntil='2030-01-01'" + PROVIDER,
        OPEN + "entityID='a' validUntil='+10000-01-01T00:00:00Z'" + PROVIDER,
        OPEN + "entityID='a' entityID='b'" + PROVIDER,
        OPEN + "entityID='a'" + PROVIDER + "<more/>",
        OPEN + "entityID='&secret;'" + PROVIDER,
        "<!DOCTYPE x [<!ENTITY secret SYSTEM 'file:///etc/passwd'>]>"
            + OPEN
            + "entityID='a'"
            + PROVIDER,
        "<!DOCTYPE x SYSTEM 'http://127.0.0.1:1/x.dtd'>" + OPEN + "entityID='a'" + PROVIDER,
      })
  void what_describes_no_identity_provider_is_refused(String document) {
    assertThatThrownBy(() -> SamlMetadata.parse(document))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void the_depth_is_limited() {
    String deep = OPEN + "entityID='a'><IDPSSODescriptor>%s</IDPSSODescriptor></EntityDescriptor>";
    assertThat(SamlMetadata.parse(deep.formatted("<a>".repeat(62) + "</a>".repeat(62))).entityId())
        .isEqualTo("a");
    assertThatThrownBy(
            () -> SamlMetadata.parse(deep.formatted("<a>".repeat(63) + "</a>".repeat(63))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Tag("fuzz")
  @FuzzTest(maxDuration = "60s")
  void any_document_is_read_or_refused(byte[] bytes) {
    String document = new String(bytes, StandardCharsets.UTF_8);
    try {
      SamlMetadata metadata = SamlMetadata.parse(document);
      assertThat(metadata.entityId()).isNotEmpty().hasSizeLessThanOrEqualTo(document.length());
    } catch (IllegalArgumentException _) {
      // refused
    }
  }
}
