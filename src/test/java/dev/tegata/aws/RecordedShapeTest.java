package dev.tegata.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.CreateSamlProviderRequest;
import software.amazon.awssdk.services.iam.model.UpdateSamlProviderRequest;
import software.amazon.awssdk.services.iam.model.UploadServerCertificateRequest;

class RecordedShapeTest {
  @Test
  void a_private_key_is_not_recorded() {
    assertThat(
            RecordedShape.of(
                UploadServerCertificateRequest.builder()
                    .serverCertificateName("site")
                    .privateKey("secret")
                    .build()))
        .containsOnlyKeys("serverCertificateName");
    assertThat(
            RecordedShape.of(
                UpdateSamlProviderRequest.builder()
                    .samlProviderArn("arn")
                    .addPrivateKey("secret")
                    .build()))
        .containsOnlyKeys("sAMLProviderArn");
  }

  @Test
  void a_private_key_in_the_place_of_a_certificate_is_not_recorded() {
    for (String label : List.of("PRIVATE KEY", "RSA PRIVATE KEY", "OPENSSH PRIVATE KEY")) {
      String pem = "-----BEGIN %s-----%%s-----END %s-----".formatted(label, label);
      assertThat(
              RecordedShape.of(
                  UploadServerCertificateRequest.builder()
                      .certificateBody(pem.formatted("\nsecret/+=\n"))
                      .build()))
          .containsEntry("certificateBody", pem.formatted("[hidden]"));
    }
  }

  @Test
  void of_what_is_longer_than_a_policy_can_be_only_the_length_is_recorded() {
    String policy = "p".repeat(131_072);
    assertThat(
            RecordedShape.of(
                CreateSamlProviderRequest.builder()
                    .name(policy)
                    .samlMetadataDocument(policy + "p")
                    .build()))
        .containsEntry("name", policy)
        .containsEntry("sAMLMetadataDocument", Map.of("omitted", true, "originalSize", 131_073));
  }
}
