package dev.tegata.sigv4;

import dev.tegata.sigv4.BodyFault.HashMismatch;
import dev.tegata.sigv4.BodyFault.WrongLength;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A body that compares itself with its SHA-256 while it is read.
///
/// Bytes are handed on before the hash is known. A reader who meets the end of the stream, or who
/// has got as many bytes as the length says, has got the right ones; in any other case a
/// [FaultyBodyException] comes first. Skipped bytes are read.
public final class HashedBody extends InputStream {
  private static final long UNKNOWN = Long.MAX_VALUE;

  private final InputStream in;
  private final String sha256;
  private final long length;
  private final MessageDigest digest = Sha256.digest();
  private long received;
  private boolean complete;
  private @Nullable FaultyBodyException failure;

  /// The body `in`, of whatever length, that should have the SHA-256 `sha256`.
  public HashedBody(InputStream in, String sha256) {
    this(in, sha256, UNKNOWN);
  }

  /// The body `in` that should have `length` bytes and the SHA-256 `sha256`.
  public HashedBody(InputStream in, String sha256, long length) {
    this.in = in;
    this.sha256 = sha256;
    this.length = length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int count) throws IOException {
    Objects.checkFromIndexSize(offset, count, bytes.length);
    if (failure != null) {
      throw failure;
    }
    if (count == 0) {
      return 0;
    }
    int n = complete ? -1 : in.read(bytes, offset, count);
    if (n > 0) {
      digest.update(bytes, offset, n);
      received += n;
    }
    if (!complete && (n < 0 || received >= length)) {
      finish();
    }
    return n;
  }

  private void finish() throws FaultyBodyException {
    if (length != UNKNOWN && received != length) {
      throw fail(new WrongLength(length, received));
    }
    String computed = HexFormat.of().formatHex(digest.digest());
    if (!SigningKey.areEqual(computed, sha256)) {
      throw fail(new HashMismatch(sha256, computed));
    }
    complete = true;
  }

  private FaultyBodyException fail(BodyFault fault) {
    failure = new FaultyBodyException(fault);
    return failure;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
