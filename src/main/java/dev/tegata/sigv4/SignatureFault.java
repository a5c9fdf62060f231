package dev.tegata.sigv4;

import dev.tegata.sigv4.Signature.Carrier;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Why a signature does not count, with what a service's error text needs: one line a failure.
///
/// The services word them, each in its own way.
public sealed interface SignatureFault extends SignatureReading, SignatureCheck {

  /// The scheme is another one than `AWS4-HMAC-SHA256`.
  record UnsupportedAlgorithm(Carrier carrier, String algorithm) implements SignatureFault {}

  /// The request carries more than one signature.
  record SeveralSignatures() implements SignatureFault {}

  /// Parts are missing, named as the carrier spells them, such as `Credential` in the header and
  /// `X-Amz-Credential` in the query.
  record MissingParameters(Carrier carrier, List<String> names) implements SignatureFault {
    public MissingParameters {
      names = List.copyOf(names);
    }
  }

  /// A part cannot be what it says.
  record MalformedParameter(Carrier carrier, String name, String value) implements SignatureFault {}

  /// The credential scope's day is not the day of the request.
  record WrongScopeDate(Carrier carrier, String scopeDate, String requestDate)
      implements SignatureFault {}

  /// The credential scope does not end in `aws4_request`.
  record WrongTerminator(Carrier carrier, String terminator) implements SignatureFault {}

  /// These header fields are there, must be signed, and are not.
  record UnsignedHeaders(List<String> names) implements SignatureFault {
    public UnsignedHeaders {
      names = List.copyOf(names);
    }
  }

  /// Several session tokens that differ.
  record ConflictingTokens() implements SignatureFault {}

  /// `x-amz-content-sha256` is neither a hash nor a marker that is decoded here.
  record UnsupportedPayload(String declared) implements SignatureFault {}

  /// The request was signed too long ago, or too far ahead.
  record Skewed(Instant requestTime, Instant serverTime, Duration tolerance)
      implements SignatureFault {}

  /// The presigned request was good until just before `requestTime + expires`.
  record Expired(Instant requestTime, Duration expires, Instant serverTime)
      implements SignatureFault {}

  /// The presigned request is from the future.
  record NotYetValid(Instant requestTime, Instant serverTime) implements SignatureFault {}

  /// The signature is another one than the secret makes of this request.
  record WrongSignature(String canonicalRequest, String stringToSign, String provided)
      implements SignatureFault {}
}
