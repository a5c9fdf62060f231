package dev.tegata.sigv4;

import static dev.tegata.sigv4.Requests.NOON;
import static dev.tegata.sigv4.Requests.S3;
import static dev.tegata.sigv4.Requests.STS;
import static dev.tegata.sigv4.Requests.VERIFIER;
import static dev.tegata.sigv4.Requests.get;
import static dev.tegata.sigv4.Requests.key;
import static dev.tegata.sigv4.Requests.read;
import static dev.tegata.sigv4.Requests.verifyS3;
import static dev.tegata.sigv4.Requests.verifySts;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.http.Headers;
import dev.tegata.http.Headers.Field;
import dev.tegata.http.HttpRequest;
import dev.tegata.sigv4.Payload.Hashed;
import dev.tegata.sigv4.Signature.Carrier;
import dev.tegata.sigv4.SignatureCheck.VerifiedRequest;
import dev.tegata.sigv4.SignatureFault.Expired;
import dev.tegata.sigv4.SignatureFault.MissingParameters;
import dev.tegata.sigv4.SignatureFault.NotYetValid;
import dev.tegata.sigv4.SignatureFault.Skewed;
import dev.tegata.sigv4.SignatureFault.WrongSignature;
import dev.tegata.sigv4.SignatureReading.SignedRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignatureVerifierTest {
  private static final Duration WINDOW = Duration.ofMinutes(15);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final byte[] FORM = "Action=GetCallerIdentity&Version=2011-06-15".getBytes(UTF_8);

  private static SignatureCheck checkAt(HttpRequest request, Instant now) {
    SignedRequest signed = read(request);
    return VERIFIER.verifyS3(signed, key(signed), now);
  }

  @Test
  void a_request_is_good_for_as_long_as_the_clocks_may_differ() {
    HttpRequest request = S3.sign(get("/key"), Hashed.EMPTY, NOON);
    assertThat(checkAt(request, NOON.plus(WINDOW))).isInstanceOf(VerifiedRequest.class);
    assertThat(checkAt(request, NOON.minus(WINDOW))).isInstanceOf(VerifiedRequest.class);
    Instant late = NOON.plus(WINDOW).plusSeconds(1);
    assertThat(checkAt(request, late)).isEqualTo(new Skewed(NOON, late, WINDOW));
    Instant early = NOON.minus(WINDOW).minusSeconds(1);
    assertThat(checkAt(request, early)).isEqualTo(new Skewed(NOON, early, WINDOW));
  }

  @Test
  void a_presigned_request_ends_when_it_says() {
    HttpRequest request = S3.presign(get("/key"), HOUR, NOON);
    assertThat(checkAt(request, NOON.plus(HOUR).minusMillis(1)))
        .isInstanceOf(VerifiedRequest.class);
    Instant end = NOON.plus(HOUR);
    assertThat(checkAt(request, end)).isEqualTo(new Expired(NOON, HOUR, end));
  }

  @Test
  void a_presigned_request_may_be_ahead_by_what_the_clocks_may_differ() {
    HttpRequest request = S3.presign(get("/key"), HOUR, NOON);
    assertThat(checkAt(request, NOON.minus(WINDOW))).isInstanceOf(VerifiedRequest.class);
    Instant early = NOON.minus(WINDOW).minusSeconds(1);
    assertThat(checkAt(request, early)).isEqualTo(new NotYetValid(NOON, early));
  }

  @Test
  void another_secret_makes_another_signature() {
    SignedRequest signed = read(S3.sign(get("/key"), Hashed.EMPTY, NOON));
    SigningKey other = SigningKey.derive(new SecretAccessKey("x"), signed.signature().scope());
    String canonicalRequest =
        """
        GET
        /key

        host:bucket.s3.amazonaws.com
        x-amz-content-sha256:%1$s
        x-amz-date:20261122T120000Z

        host;x-amz-content-sha256;x-amz-date
        %1$s\
        """
            .formatted(Sha256.OF_NOTHING);
    String stringToSign =
        """
        AWS4-HMAC-SHA256
        20261122T120000Z
        20261122/us-east-1/s3/aws4_request
        %s\
        """
            .formatted(Sha256.of(canonicalRequest));
    assertThat(VERIFIER.verifyS3(signed, other, NOON))
        .isEqualTo(new WrongSignature(canonicalRequest, stringToSign, signed.signature().hex()));
  }

  @Test
  void a_key_of_another_day_region_or_service_makes_another_signature() {
    SignedRequest signed = read(S3.sign(get("/key"), Hashed.EMPTY, NOON));
    for (CredentialScope scope :
        List.of(
            new CredentialScope("20261121", "us-east-1", "s3"),
            new CredentialScope("20261122", "us-east-2", "s3"),
            new CredentialScope("20261122", "us-east-1", "sts"))) {
      SigningKey key = SigningKey.derive(Requests.SECRET, scope);
      assertThat(VERIFIER.verifyS3(signed, key, NOON)).isInstanceOf(WrongSignature.class);
    }
  }

  @Test
  void s3_must_be_told_what_the_body_is() {
    RequestSigner signer = new RequestSigner(Requests.LASTING, "us-east-1", "sts");
    SignedRequest signed = read(signer.sign(get("/key"), Hashed.EMPTY, NOON));
    assertThat(VERIFIER.verifyS3(signed, key(signed), NOON))
        .isEqualTo(
            new MissingParameters(Carrier.AUTHORIZATION_HEADER, List.of("X-Amz-Content-Sha256")));
  }

  @Test
  void another_service_hashes_the_body_that_came() {
    HttpRequest request = STS.sign(Requests.request("POST", "/", "", FORM), Hashed.of(FORM), NOON);
    assertThat(verifySts(request, FORM)).isInstanceOf(VerifiedRequest.class);
    assertThat(verifySts(request, new byte[0])).isInstanceOf(WrongSignature.class);
  }

  @Test
  void another_service_does_not_believe_what_the_request_says_of_its_body() {
    Headers headers =
        Headers.of("Host", "sts.amazonaws.com", "X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD");
    RequestSigner s3 = new RequestSigner(Requests.LASTING, "us-east-1", "s3");
    HttpRequest request = Requests.with(Requests.request("POST", "/", "", FORM), headers);
    assertThat(verifySts(s3.sign(request, new Payload.Unsigned(), NOON), FORM))
        .isInstanceOf(WrongSignature.class);
  }

  @Test
  void a_presigned_call_of_another_service_has_no_body() {
    String query = "Action=GetCallerIdentity&Version=2011-06-15";
    HttpRequest request = STS.presign(Requests.request("GET", "/", query, FORM), HOUR, NOON);
    assertThat(verifySts(request, new byte[0])).isInstanceOf(VerifiedRequest.class);
    assertThat(verifySts(request, FORM)).isInstanceOf(WrongSignature.class);
  }

  @Test
  void the_order_in_which_headers_arrive_does_not_matter() {
    HttpRequest request = S3.sign(get("/key"), Hashed.EMPTY, NOON);
    List<Field> fields = request.headers().fields().reversed();
    assertThat(verifyS3(Requests.with(request, new Headers(fields))))
        .isInstanceOf(VerifiedRequest.class);
  }

  @Test
  void an_unsigned_header_may_change_on_the_way() {
    HttpRequest request = S3.sign(get("/key"), Hashed.EMPTY, NOON);
    Headers headers = request.headers().with("Via", "1.1 proxy").with("User-Agent", "x");
    assertThat(verifyS3(Requests.with(request, headers))).isInstanceOf(VerifiedRequest.class);
  }

  @Test
  void a_request_that_is_signed_again_has_one_signature() {
    HttpRequest request = S3.sign(get("/key"), Hashed.EMPTY, NOON.minus(HOUR));
    assertThat(verifyS3(S3.sign(request, Hashed.EMPTY, NOON))).isInstanceOf(VerifiedRequest.class);
  }
}
