package dev.tegata.sigv4;

import dev.tegata.http.Headers;
import dev.tegata.http.HttpRequest;
import dev.tegata.sigv4.RequestSigner.Credentials;
import dev.tegata.sigv4.SignatureReading.SignedRequest;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;

/// Requests and credentials that the tests share.
final class Requests {
  static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  static final SecretAccessKey SECRET =
      new SecretAccessKey("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
  static final Credentials LASTING = new Credentials("AKIAIOSFODNN7EXAMPLE", SECRET, null);
  static final Credentials TEMPORARY =
      new Credentials("ASIAIOSFODNN7EXAMPLE", SECRET, "IQoJb3JpZ2luX2VjEXAMPLE/+==");
  static final RequestSigner S3 = new RequestSigner(LASTING, "us-east-1", "s3");
  static final RequestSigner STS = new RequestSigner(TEMPORARY, "us-east-1", "sts");
  static final SignatureVerifier VERIFIER = new SignatureVerifier(Duration.ofMinutes(15));

  private Requests() {}

  static HttpRequest request(String method, String path, String query, byte[] body) {
    return new HttpRequest(
        method,
        path,
        query,
        Headers.of("Host", "bucket.s3.amazonaws.com"),
        new ByteArrayInputStream(body),
        "127.0.0.1",
        true);
  }

  static HttpRequest get(String path) {
    return request("GET", path, "", new byte[0]);
  }

  static HttpRequest with(HttpRequest request, Headers headers) {
    return new HttpRequest(
        request.method(),
        request.rawPath(),
        request.rawQuery(),
        headers,
        request.body(),
        request.remoteAddress(),
        request.secure());
  }

  static SignedRequest read(HttpRequest request) {
    return (SignedRequest) SignatureReading.of(request);
  }

  static SigningKey key(SignedRequest signed) {
    return SigningKey.derive(SECRET, signed.signature().scope());
  }

  static SignatureCheck verifyS3(HttpRequest request) {
    SignedRequest signed = read(request);
    return VERIFIER.verifyS3(signed, key(signed), NOON);
  }

  static SignatureCheck verifySts(HttpRequest request, byte[] body) {
    SignedRequest signed = read(request);
    return VERIFIER.verify(signed, Payload.Hashed.of(body), key(signed), NOON);
  }
}
