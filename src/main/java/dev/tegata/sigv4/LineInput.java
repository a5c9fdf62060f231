package dev.tegata.sigv4;

import dev.tegata.sigv4.BodyFault.Truncated;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// Bytes and lines in turn, from one buffer of a fixed size.
final class LineInput {
  private final InputStream in;
  private final byte[] buffer;
  private int position;
  private int limit;

  LineInput(InputStream in, int bufferBytes) {
    this.in = in;
    this.buffer = new byte[bufferBytes];
  }

  /// Reads as [InputStream] does; a large piece goes past the buffer.
  int read(byte[] bytes, int offset, int count) throws IOException {
    if (position == limit) {
      if (count >= buffer.length) {
        return in.read(bytes, offset, count);
      }
      if (!fill()) {
        return -1;
      }
    }
    int n = Math.min(count, limit - position);
    System.arraycopy(buffer, position, bytes, offset, n);
    position += n;
    return n;
  }

  /// The next line without its CRLF; nothing when it ends otherwise or has more than `maxBytes`.
  ///
  /// @throws FaultyBodyException when the stream ends first
  Optional<String> line(int maxBytes) throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      int next = next();
      if (next < 0) {
        throw new FaultyBodyException(new Truncated());
      }
      if (next == '\n') {
        int end = line.length() - 1;
        return end >= 0 && line.charAt(end) == '\r'
            ? Optional.of(line.substring(0, end))
            : Optional.empty();
      }
      if (line.length() == maxBytes) {
        return Optional.empty();
      }
      line.append((char) next); // ISO 8859-1
    }
  }

  /// Whether the stream has come to its end.
  boolean isAtEnd() throws IOException {
    return position == limit && !fill();
  }

  private int next() throws IOException {
    return position < limit || fill() ? buffer[position++] & 0xff : -1;
  }

  private boolean fill() throws IOException {
    position = 0;
    limit = Math.max(0, in.read(buffer));
    return limit > 0;
  }

  void close() throws IOException {
    in.close();
  }
}
