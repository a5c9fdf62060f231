package dev.tegata.sigv4;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

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
    byte[] line = new byte[maxBytes];
    int length = 0;
    while (true) {
      int next = next();
      if (next < 0) {
        throw new FaultyBodyException(new Truncated());
      }
      if (next == '\n') {
        return length > 0 && line[length - 1] == '\r'
            ? Optional.of(new String(line, 0, length - 1, ISO_8859_1))
            : Optional.empty();
      }
      if (length == maxBytes) {
        return Optional.empty();
      }
      line[length++] = (byte) next;
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
