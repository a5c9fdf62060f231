package dev.tegata.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;

/// Percent-encoding, in which only letters, digits and `-._~` stand for themselves.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc3986#section-2>
public final class PercentEncoding {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private PercentEncoding() {}

  /// `text` as UTF-8 with every byte escaped that is not unreserved; a blank becomes `%20`.
  public static String encode(String text) {
    return encode(text, "");
  }

  /// The same, with `/` left as it is: a path keeps its segments.
  public static String encodePath(String path) {
    return encode(path, "/");
  }

  private static String encode(String text, String kept) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(UTF_8)) {
      char c = (char) (b & 0xff);
      if (isUnreserved(c) || kept.indexOf(c) >= 0) {
        out.append(c);
      } else {
        out.append('%').append(HEX.toHexDigits(b));
      }
    }
    return out.toString();
  }

  /// The text that `encoded` stands for; a `+` is a plus.
  ///
  /// @throws IllegalArgumentException when an escape is broken or the bytes are not UTF-8
  public static String decode(String encoded) {
    return decode(encoded, false);
  }

  /// The text that a form's or a query's `encoded` stands for; a `+` is a blank.
  ///
  /// @throws IllegalArgumentException when an escape is broken or the bytes are not UTF-8
  public static String decodeForm(String encoded) {
    return decode(encoded, true);
  }

  /// Whether `c` stands for itself.
  public static boolean isUnreserved(char c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || "-._~".indexOf(c) >= 0;
  }

  private static String decode(String encoded, boolean plusIsBlank) {
    if (encoded.indexOf('%') < 0 && !(plusIsBlank && encoded.indexOf('+') >= 0)) {
      return encoded;
    }
    byte[] in = encoded.getBytes(UTF_8);
    ByteBuffer out = ByteBuffer.allocate(in.length);
    for (int i = 0; i < in.length; i++) {
      if (in[i] == '%') {
        if (i + 2 >= in.length
            || !HexFormat.isHexDigit(in[i + 1])
            || !HexFormat.isHexDigit(in[i + 2])) {
          throw new IllegalArgumentException("a broken percent escape in `" + encoded + "`");
        }
        out.put((byte) (HexFormat.fromHexDigit(in[++i]) << 4 | HexFormat.fromHexDigit(in[++i])));
      } else {
        out.put(plusIsBlank && in[i] == '+' ? (byte) ' ' : in[i]);
      }
    }
    try {
      return UTF_8.newDecoder().decode(out.flip()).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("`" + encoded + "` does not stand for UTF-8", e);
    }
  }
}
