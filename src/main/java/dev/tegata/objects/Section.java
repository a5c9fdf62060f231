package dev.tegata.objects;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// The first `length` bytes of a stream.
final class Section extends FilterInputStream {
  private long left;

  Section(InputStream in, long length) {
    super(in);
    this.left = length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int count) throws IOException {
    if (left == 0) {
      return -1;
    }
    int n = in.read(bytes, offset, (int) Math.min(count, left));
    if (n < 0) {
      throw new EOFException("the file ends " + left + " bytes too early");
    }
    left -= n;
    return n;
  }

  @Override
  public long skip(long count) throws IOException {
    long n = in.skip(Math.min(count, left));
    left -= n;
    return n;
  }

  @Override
  public int available() throws IOException {
    return (int) Math.min(in.available(), left);
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
