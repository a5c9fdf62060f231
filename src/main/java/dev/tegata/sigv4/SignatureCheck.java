package dev.tegata.sigv4;

import dev.tegata.http.HttpRequest;
import dev.tegata.sigv4.SignatureReading.SignedRequest;
import java.io.InputStream;

/// What verifying a signature comes to.
public sealed interface SignatureCheck permits SignatureCheck.VerifiedRequest, SignatureFault {

  /// A request that the owner of its access key signed, not too long ago.
  ///
  /// Only [SignatureVerifier] makes one. Its body checks itself while it is read, where the
  /// signature covers the body: whoever reads it to its end without a [FaultyBodyException] has the
  /// bytes that were signed. The body of a chunked upload is a [ChunkedBody], which knows the
  /// trailers.
  final class VerifiedRequest implements SignatureCheck {
    private final SignedRequest signed;
    private final HttpRequest request;

    VerifiedRequest(SignedRequest signed, InputStream body) {
      this.signed = signed;
      this.request = signed.request().withBody(body);
    }

    /// The request, with the body that checks itself.
    public HttpRequest request() {
      return request;
    }

    public Signature signature() {
      return signed.signature();
    }
  }
}
