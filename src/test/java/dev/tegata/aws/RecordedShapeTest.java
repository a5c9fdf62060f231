package dev.tegata.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
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
}
