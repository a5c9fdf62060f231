package dev.tegata.sigv4;

import dev.tegata.sigv4.Payload.Chunked;
import dev.tegata.sigv4.Payload.Hashed;
import dev.tegata.sigv4.SignatureCheck.VerifiedRequest;
import dev.tegata.sigv4.SignatureFault.Expired;
import dev.tegata.sigv4.SignatureFault.MissingParameters;
import dev.tegata.sigv4.SignatureFault.NotYetValid;
import dev.tegata.sigv4.SignatureFault.Skewed;
import dev.tegata.sigv4.SignatureFault.WrongSignature;
import dev.tegata.sigv4.SignatureReading.SignedRequest;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Says whether a signature is the right one, and not too old.
///
/// A request may be signed up to and including `tolerance` before or after the server's time.
///
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html>
public record SignatureVerifier(Duration tolerance) {

  /// Verifies a request to S3, which says itself what its body is.
  public SignatureCheck verifyS3(SignedRequest signed, SigningKey key, Instant now) {
    Payload payload = signed.payload();
    if (payload == null) {
      return new MissingParameters(
          signed.signature().carrier(), List.of(SignatureParameters.CONTENT_SHA256));
    }
    Optional<SignatureFault> fault = fault(signed, payload, key, now);
    return fault.isPresent()
        ? fault.get()
        : new VerifiedRequest(signed, body(signed, payload, key));
  }

  /// Verifies a request to another service, whose body has been read; `payload` is that of the
  /// bytes that came, whatever the request says of them.
  public SignatureCheck verify(SignedRequest signed, Hashed payload, SigningKey key, Instant now) {
    Optional<SignatureFault> fault = fault(signed, payload, key, now);
    return fault.isPresent() ? fault.get() : new VerifiedRequest(signed, signed.request().body());
  }

  private Optional<SignatureFault> fault(
      SignedRequest signed, Payload payload, SigningKey key, Instant now) {
    Signature signature = signed.signature();
    Optional<SignatureFault> untimely = untimely(signature, now);
    if (untimely.isPresent()) {
      return untimely;
    }
    String canonicalRequest = CanonicalRequest.of(signed.request(), signature, payload);
    String stringToSign = CanonicalRequest.stringToSign(canonicalRequest, signature);
    return SigningKey.areEqual(key.sign(stringToSign), signature.hex())
        ? Optional.empty()
        : Optional.of(new WrongSignature(canonicalRequest, stringToSign, signature.hex()));
  }

  /// Why `signature` does not count at `now`, which takes no secret to tell.
  public Optional<SignatureFault> untimely(Signature signature, Instant now) {
    Instant time = signature.time();
    Duration expires = signature.expires();
    if (expires == null) {
      return Duration.between(time, now).abs().compareTo(tolerance) > 0
          ? Optional.of(new Skewed(time, now, tolerance))
          : Optional.empty();
    }
    if (time.isAfter(now.plus(tolerance))) {
      return Optional.of(new NotYetValid(time, now));
    }
    return now.isBefore(time.plus(expires))
        ? Optional.empty()
        : Optional.of(new Expired(time, expires, now));
  }

  private static InputStream body(SignedRequest signed, Payload payload, SigningKey key) {
    InputStream body = signed.request().body();
    return switch (payload) {
      case Hashed(var sha256) -> hashedBody(signed, sha256);
      case Payload.Unsigned() -> body;
      case Chunked chunked ->
          new ChunkedBody(body, chunked, new ChunkSignatures(key, signed.signature()));
    };
  }

  private static HashedBody hashedBody(SignedRequest signed, String sha256) {
    InputStream body = signed.request().body();
    OptionalLong length =
        SignatureParameters.number(signed.request().headers().first("Content-Length").orElse(""));
    return length.isPresent()
        ? new HashedBody(body, sha256, length.getAsLong())
        : new HashedBody(body, sha256);
  }
}
