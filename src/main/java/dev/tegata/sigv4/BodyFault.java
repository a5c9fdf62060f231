package dev.tegata.sigv4;

/// Why a body is not the one that was signed: one line a failure.
public sealed interface BodyFault {

  /// The body has another SHA-256 than `x-amz-content-sha256` says.
  record HashMismatch(String declared, String computed) implements BodyFault {}

  /// The body is longer or shorter than was declared; one that is longer is not read to its end.
  record WrongLength(long declared, long received) implements BodyFault {}

  /// The body ended amid a chunk or before the last one.
  record Truncated() implements BodyFault {}

  /// The chunk encoding is broken.
  record MalformedChunk(String reason) implements BodyFault {}

  /// The trailer is broken, or not the one that was announced.
  record MalformedTrailer(String reason) implements BodyFault {}

  /// A chunk or the trailer has another signature than the key makes of it.
  record WrongChunkSignature(String stringToSign, String provided) implements BodyFault {}

  /// The sentence that an operator reads.
  default String explanation() {
    return switch (this) {
      case HashMismatch(var declared, var computed) ->
          "the body has the SHA-256 `" + computed + "`, but `" + declared + "` was declared";
      case WrongLength(var declared, var received) ->
          "the body has " + received + " bytes so far, but " + declared + " were declared";
      case Truncated() -> "the body ends too early";
      case MalformedChunk(var reason) -> "a malformed chunk: " + reason;
      case MalformedTrailer(var reason) -> "a malformed trailer: " + reason;
      case WrongChunkSignature(var _, var provided) ->
          "`" + provided + "` is not the signature of its chunk or trailer";
    };
  }
}
