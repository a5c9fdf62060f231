package dev.tegata.sigv4;

import dev.tegata.http.HttpRequest;

/// What a request says of its signature: none, one, or something that is none and should be.
public sealed interface SignatureReading
    permits SignatureReading.Unsigned, SignedRequest, SignatureFault {

  /// The request carries no signature.
  record Unsigned() implements SignatureReading {}

  /// Reads the signature of `request`. Whatever can be told without the secret and without a clock
  /// has been checked in a [SignedRequest].
  static SignatureReading of(HttpRequest request) {
    return SignatureReader.read(request);
  }
}
