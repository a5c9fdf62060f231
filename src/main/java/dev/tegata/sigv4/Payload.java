package dev.tegata.sigv4;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `x-amz-content-sha256` says of a request's body.
///
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html>
public sealed interface Payload {

  /// The body has this SHA-256, in lower-case hexadecimal digits.
  record Hashed(String sha256) implements Payload {
    /// The empty body.
    public static final Hashed EMPTY = new Hashed(Sha256.OF_NOTHING);

    /// The payload that consists of `bytes`.
    public static Hashed of(byte[] bytes) {
      return new Hashed(Sha256.of(bytes));
    }
  }

  /// The signature does not cover the body.
  record Unsigned() implements Payload {
    static final String TEXT = "UNSIGNED-PAYLOAD";
  }

  /// The body is a sequence of chunks; `decodedLength` is what they hold together, where the client
  /// says so, and `trailers` are the names that it announces, in small letters.
  record Chunked(Chunking chunking, @Nullable Long decodedLength, List<String> trailers)
      implements Payload {
    public Chunked {
      trailers = List.copyOf(trailers);
    }
  }

  /// The forms of `aws-chunked`.
  ///
  /// Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html>
  enum Chunking {
    SIGNED("STREAMING-AWS4-HMAC-SHA256-PAYLOAD"),
    SIGNED_WITH_TRAILER("STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"),
    UNSIGNED_WITH_TRAILER("STREAMING-UNSIGNED-PAYLOAD-TRAILER");

    private final String text;

    Chunking(String text) {
      this.text = text;
    }

    /// The value of `x-amz-content-sha256`.
    public String text() {
      return text;
    }

    boolean isSigned() {
      return this != UNSIGNED_WITH_TRAILER;
    }

    boolean hasTrailer() {
      return this != SIGNED;
    }
  }

  /// The last line of the canonical request.
  default String text() {
    return switch (this) {
      case Hashed(var sha256) -> sha256;
      case Unsigned() -> Unsigned.TEXT;
      case Chunked(var chunking, var _, var _) -> chunking.text();
    };
  }
}
