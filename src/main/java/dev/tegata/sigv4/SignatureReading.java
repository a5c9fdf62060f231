package dev.tegata.sigv4;

import dev.tegata.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/// What a request says of its signature: none, one, or something that is none and should be.
public sealed interface SignatureReading
    permits SignatureReading.Unsigned, SignatureReading.SignedRequest, SignatureFault {

  /// The request carries no signature.
  record Unsigned() implements SignatureReading {}

  /// A request with a signature that is well formed and covers what it must; whether it is *right*,
  /// [SignatureVerifier] says.
  ///
  /// `payload` is absent where the request does not declare it, as those to STS and IAM.
  record SignedRequest(
      HttpRequest request,
      Signature signature,
      @Nullable String sessionToken,
      @Nullable Payload payload)
      implements SignatureReading {

    /// Without the session token.
    @Override
    public String toString() {
      return "SignedRequest[" + signature + "]";
    }
  }

  /// Reads the signature of `request`. Whatever can be told without the secret and without a clock
  /// has been checked in a [SignedRequest].
  static SignatureReading of(HttpRequest request) {
    return SignatureReader.read(request);
  }
}
