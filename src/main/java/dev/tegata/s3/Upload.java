package dev.tegata.s3;

import dev.tegata.aws.Refusal;
import dev.tegata.aws.S3Error;
import dev.tegata.http.Headers;
import dev.tegata.sigv4.BodyFault;
import dev.tegata.sigv4.BodyFault.HashMismatch;
import dev.tegata.sigv4.BodyFault.MalformedChunk;
import dev.tegata.sigv4.BodyFault.MalformedTrailer;
import dev.tegata.sigv4.BodyFault.Truncated;
import dev.tegata.sigv4.BodyFault.WrongChunkSignature;
import dev.tegata.sigv4.BodyFault.WrongLength;
import dev.tegata.sigv4.ChunkedBody;
import dev.tegata.sigv4.FaultyBodyException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The bytes of an object on their way in, counted and digested in one pass.
///
/// Whoever meets the end of the stream has got what the request declared: its length, its MD5, its
/// checksum; in any other case a [Refusal] comes first.
final class Upload extends InputStream {
  private static final int MD5_BYTES = 16;
  private static final int BUFFER_BYTES = 8192;
  private static final long UNKNOWN = -1;
  private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");

  private final InputStream body;
  private final Checksum.Claim claim;
  private final long length;
  private final @Nullable String declaredMd5;
  private final MessageDigest md5 = Checksum.hash("MD5");
  private final Checksum.Digest digest;
  private long received;
  private @Nullable Result result;

  /// What was found out about the bytes; `md5` is in hexadecimal digits.
  record Result(String md5, Checksum checksum) {}

  private Upload(
      InputStream body, Checksum.Claim claim, long length, @Nullable String declaredMd5) {
    this.body = body;
    this.claim = claim;
    this.length = length;
    this.declaredMd5 = declaredMd5;
    this.digest = claim.algorithm().start();
  }

  /// The body of a request that must say how long it is.
  static Upload of(S3Request request) {
    long length = declaredLength(request);
    if (length == UNKNOWN) {
      throw new Refusal(new S3Error.MissingContentLength());
    }
    if (length > S3Error.MAX_PUT_BYTES) {
      throw new Refusal(new S3Error.EntityTooLarge(length));
    }
    return of(request, length);
  }

  private static Upload of(S3Request request, long length) {
    Optional<String> md5 = request.header("Content-MD5");
    md5.ifPresent(Upload::requireMd5);
    return new Upload(request.http().body(), Checksum.claim(request), length, md5.orElse(null));
  }

  /// Bytes that the store holds already, to be digested once more with `algorithm`.
  static Upload copy(InputStream bytes, Checksum.Algorithm algorithm) {
    return new Upload(bytes, new Checksum.Claim.None(algorithm), UNKNOWN, null);
  }

  /// A whole body that is small.
  ///
  /// @throws Refusal also when it has more than `limit` bytes
  static byte[] readAll(S3Request request, int limit) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[BUFFER_BYTES];
    Upload body = of(request, declaredLength(request));
    for (int n = body.read(buffer, 0, buffer.length);
        n >= 0;
        n = body.read(buffer, 0, buffer.length)) {
      out.write(buffer, 0, n);
      if (out.size() > limit) {
        throw new Refusal(new S3Error.MaxMessageLengthExceeded(limit));
      }
    }
    return out.toByteArray();
  }

  private static long declaredLength(S3Request request) {
    boolean isChunked = request.http().body() instanceof ChunkedBody;
    Optional<String> length =
        request.header(isChunked ? "x-amz-decoded-content-length" : "Content-Length");
    if (length.isEmpty()) {
      return UNKNOWN;
    }
    if (!LENGTH.matcher(length.get()).matches()) {
      throw new Refusal(
          new S3Error.InvalidArgument(
              "The length of the body is not a number", "Content-Length", length.get()));
    }
    return Long.parseLong(length.get());
  }

  private static void requireMd5(String md5) {
    try {
      if (Base64.getDecoder().decode(md5).length == MD5_BYTES) {
        return;
      }
    } catch (IllegalArgumentException _) {
      // falls through to the refusal
    }
    throw new Refusal(new S3Error.InvalidDigest(md5));
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int count) {
    if (result != null) {
      return -1;
    }
    int n = readBody(bytes, offset, count);
    if (n < 0) {
      result = finish();
      return n;
    }
    received += n;
    if (received > S3Error.MAX_PUT_BYTES) {
      throw new Refusal(new S3Error.EntityTooLarge(received));
    }
    md5.update(bytes, offset, n);
    digest.update(bytes, offset, n);
    return n;
  }

  private int readBody(byte[] bytes, int offset, int count) {
    try {
      return body.read(bytes, offset, count);
    } catch (FaultyBodyException e) {
      throw new Refusal(refusal(e.fault()));
    } catch (IOException _) {
      throw new Refusal(new S3Error.IncompleteBody());
    }
  }

  private static S3Error refusal(BodyFault fault) {
    return switch (fault) {
      case HashMismatch(var declared, var computed) ->
          new S3Error.Sha256Mismatch(declared, computed);
      case WrongLength _, Truncated _, MalformedChunk _ -> new S3Error.IncompleteBody();
      case MalformedTrailer _ -> new S3Error.MalformedTrailer();
      case WrongChunkSignature(var stringToSign, var provided) ->
          new S3Error.ChunkSignatureDoesNotMatch(stringToSign, provided);
    };
  }

  private Result finish() {
    if (length != UNKNOWN && received != length) {
      throw new Refusal(new S3Error.IncompleteBody());
    }
    byte[] hash = md5.digest();
    String calculated = Base64.getEncoder().encodeToString(hash);
    if (declaredMd5 != null && !declaredMd5.equals(calculated)) {
      throw new Refusal(new S3Error.ContentMd5Mismatch(declaredMd5, calculated));
    }
    Checksum checksum = new Checksum(claim.algorithm(), digest.finish());
    switch (claim) {
      case Checksum.Claim.None _ -> {}
      case Checksum.Claim.InHeader(var claimed) -> claimed.require(checksum);
      case Checksum.Claim.InTrailer(var algorithm) -> trailing(algorithm).require(checksum);
    }
    return new Result(HexFormat.of().formatHex(hash), checksum);
  }

  private Checksum trailing(Checksum.Algorithm algorithm) {
    Headers trailers = body instanceof ChunkedBody chunked ? chunked.trailers() : Headers.of();
    String value =
        trailers
            .first(algorithm.header())
            .orElseThrow(() -> new Refusal(new S3Error.MalformedTrailer()));
    return Checksum.checked(algorithm, value.strip());
  }

  /// What was found out about the bytes, once the end was met.
  Result result() {
    if (result == null) {
      throw new IllegalStateException("the body has not been read to its end");
    }
    return result;
  }
}
