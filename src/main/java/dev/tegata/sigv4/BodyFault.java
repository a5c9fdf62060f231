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
}
