package dev.tegata.sigv4;

import dev.tegata.http.HttpRequest;
import dev.tegata.http.Query;
import dev.tegata.sigv4.Payload.Chunked;
import dev.tegata.sigv4.Payload.Chunking;
import dev.tegata.sigv4.Payload.Hashed;
import dev.tegata.sigv4.Signature.Carrier;
import dev.tegata.sigv4.SignatureFault.MalformedParameter;
import dev.tegata.sigv4.SignatureFault.UnsupportedPayload;
import dev.tegata.sigv4.SignatureReading.SignedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Reads what a signed request says of its body.
///
/// Source:
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-auth-using-authorization-header.html>
record PayloadReader(HttpRequest request, Signature signature, @Nullable String sessionToken) {
  private static final String DECODED_LENGTH = "x-amz-decoded-content-length";
  private static final String TRAILER = "x-amz-trailer";

  SignatureReading read(Query query) {
    Optional<String> declared = request.headers().first(SignatureParameters.CONTENT_SHA256);
    if (signature.carrier() == Carrier.AUTHORIZATION_HEADER) {
      return declared.isEmpty() ? signed(null) : read(declared.get());
    }
    String text =
        declared
            .or(() -> query.first(SignatureParameters.CONTENT_SHA256))
            .orElse(Payload.Unsigned.TEXT);
    // S3 does not decode the body of a presigned request
    return chunking(text).isPresent() ? new UnsupportedPayload(text) : read(text);
  }

  private SignatureReading read(String declared) {
    if (declared.equals(Payload.Unsigned.TEXT)) {
      return signed(new Payload.Unsigned());
    }
    if (Sha256.isHash(declared)) {
      return signed(new Hashed(declared));
    }
    Optional<Chunking> chunking = chunking(declared);
    return chunking.isEmpty() ? new UnsupportedPayload(declared) : chunked(chunking.get());
  }

  private SignatureReading chunked(Chunking chunking) {
    Optional<String> declared = request.headers().first(DECODED_LENGTH);
    Long length = null;
    if (declared.isPresent()) {
      OptionalLong number = SignatureParameters.number(declared.get());
      if (number.isEmpty()) {
        return new MalformedParameter(Carrier.AUTHORIZATION_HEADER, DECODED_LENGTH, declared.get());
      }
      length = number.getAsLong();
    }
    return signed(new Chunked(chunking, length, trailers()));
  }

  private List<String> trailers() {
    List<String> names = new ArrayList<>();
    for (String value : request.headers().all(TRAILER)) {
      for (String name : value.split(",", -1)) {
        if (!name.isBlank()) {
          names.add(name.strip().toLowerCase(Locale.ROOT));
        }
      }
    }
    return names;
  }

  private SignedRequest signed(@Nullable Payload payload) {
    return new SignedRequest(request, signature, sessionToken, payload);
  }

  private static Optional<Chunking> chunking(String declared) {
    for (Chunking chunking : Chunking.values()) {
      if (chunking.text().equals(declared)) {
        return Optional.of(chunking);
      }
    }
    return Optional.empty();
  }
}
