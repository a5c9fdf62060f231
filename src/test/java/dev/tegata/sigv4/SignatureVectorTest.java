package dev.tegata.sigv4;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.http.HttpRequest;
import dev.tegata.sigv4.Payload.Chunked;
import dev.tegata.sigv4.Payload.Chunking;
import dev.tegata.sigv4.RequestSigner.Credentials;
import dev.tegata.sigv4.SignatureCheck.VerifiedRequest;
import dev.tegata.sigv4.SignatureReading.SignedRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The worked examples that AWS has published, with the signatures it gives for them.
///
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html>,
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html>,
/// <https://github.com/awslabs/aws-c-auth/tree/main/tests/aws-signing-test-suite>
class SignatureVectorTest {

  static List<CaseFile> vectors() throws IOException {
    return CaseFile.all("requests");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void a_request_gets_its_published_signature(CaseFile vector) {
    assertThat(reread(vector).signature().hex()).isEqualTo(vector.get("expect"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void a_published_signature_verifies(CaseFile vector) {
    SignedRequest signed = reread(vector);
    SecretAccessKey secret = new SecretAccessKey(vector.get("secret"));
    SigningKey key = SigningKey.derive(secret, signed.signature().scope());
    SignatureVerifier verifier = new SignatureVerifier(Duration.ofMinutes(15));
    Instant now = vector.time();
    assertThat(
            signed.signature().scope().isS3()
                ? verifier.verifyS3(signed, key, now)
                : verifier.verify(signed, Payload.Hashed.of(vector.body()), key, now))
        .isInstanceOf(VerifiedRequest.class);
  }

  private static SignedRequest reread(CaseFile vector) {
    return (SignedRequest) SignatureReading.of(sign(vector));
  }

  private static HttpRequest sign(CaseFile vector) {
    @Nullable String token = vector.find("token").orElse(null);
    Credentials credentials =
        new Credentials(vector.get("access-key"), new SecretAccessKey(vector.get("secret")), token);
    RequestSigner signer = new RequestSigner(credentials, "us-east-1", vector.get("service"));
    if (vector.find("expires").isPresent()) {
      Duration expires = Duration.ofSeconds(Long.parseLong(vector.get("expires")));
      return signer.presign(vector.request(), expires, vector.time());
    }
    Payload payload =
        vector.find("payload").isPresent()
            ? new Chunked(chunking(vector.get("payload")), null, List.of())
            : Payload.Hashed.of(vector.body());
    return signer.sign(vector.request(), payload, vector.time());
  }

  private static Chunking chunking(String text) {
    for (Chunking chunking : Chunking.values()) {
      if (chunking.text().equals(text)) {
        return chunking;
      }
    }
    throw new IllegalArgumentException("no chunking is called `" + text + "`");
  }
}
