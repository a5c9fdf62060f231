package dev.tegata.sigv4;

import dev.tegata.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/// A request with a signature that is well formed and covers what it must; whether it is *right*,
/// [SignatureVerifier] says.
///
/// `payload` is absent where the request does not declare it, as those to STS and IAM.
public record SignedRequest(
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
