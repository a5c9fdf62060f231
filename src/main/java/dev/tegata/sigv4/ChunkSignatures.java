package dev.tegata.sigv4;

import dev.tegata.sigv4.BodyFault.WrongChunkSignature;

/// The chain of signatures in a chunked upload: each signs its chunk and the one before it, and the
/// first follows the signature of the request.
///
/// Source:
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html#sigv4-chunked-body-definition>
final class ChunkSignatures {
  private static final String CHUNK = "AWS4-HMAC-SHA256-PAYLOAD";
  private static final String TRAILER = "AWS4-HMAC-SHA256-TRAILER";
  private final SigningKey key;
  private final String timeAndScope;
  private String previous;

  /// The chain of a request whose signature has been verified.
  ChunkSignatures(SigningKey key, Signature seed) {
    this.key = key;
    this.timeAndScope = AmzDate.format(seed.time()) + '\n' + seed.scope();
    this.previous = seed.hex();
  }

  /// The signature of the next chunk, whose data have the SHA-256 `sha256`, should be `provided`.
  void requireChunk(String sha256, String provided) throws FaultyBodyException {
    require(
        CHUNK + '\n' + timeAndScope + '\n' + previous + '\n' + Sha256.OF_NOTHING + '\n' + sha256,
        provided);
  }

  /// The signature of the trailer, which comes after the last chunk, should be `provided`; `sha256`
  /// is that of its `name:value` lines.
  void requireTrailer(String sha256, String provided) throws FaultyBodyException {
    require(TRAILER + '\n' + timeAndScope + '\n' + previous + '\n' + sha256, provided);
  }

  private void require(String stringToSign, String provided) throws FaultyBodyException {
    String expected = key.sign(stringToSign);
    if (!SigningKey.areEqual(expected, provided)) {
      throw new FaultyBodyException(new WrongChunkSignature(stringToSign, provided));
    }
    previous = expected;
  }
}
