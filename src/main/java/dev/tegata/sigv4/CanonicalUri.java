package dev.tegata.sigv4;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.http.PercentEncoding;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;

/// Path and query in the one form that both sides of a signature agree on.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#create-canonical-request>
final class CanonicalUri {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final Comparator<Parameter> ORDER =
      Comparator.comparing(Parameter::name).thenComparing(Parameter::value);

  private record Parameter(String name, String value) {}

  private CanonicalUri() {}

  /// S3's rule: the path as it was sent. A character that should have been escaped and was not is;
  /// nothing is escaped twice, and `//` and `..` are part of a key.
  static String s3Path(String raw) {
    if (raw.isEmpty()) {
      return "/";
    }
    for (int i = 0; i < raw.length(); i++) {
      if (!staysInPath(raw.charAt(i))) {
        return escapePath(raw);
      }
    }
    return raw;
  }

  private static String escapePath(String raw) {
    StringBuilder out = new StringBuilder(raw.length() + 16);
    for (byte b : raw.getBytes(UTF_8)) {
      if (staysInPath((char) (b & 0xff))) {
        out.append((char) b);
      } else {
        out.append('%').append(HEX.toHexDigits(b));
      }
    }
    return out.toString();
  }

  private static boolean staysInPath(char c) {
    return c == '/' || c == '%' || PercentEncoding.isUnreserved(c);
  }

  /// Every other service's rule: the path as it was sent without `//`, `.` and `..`, and then
  /// escaped once more.
  static String path(String raw) {
    if (raw.isEmpty() || raw.equals("/")) {
      return "/";
    }
    Deque<String> segments = new ArrayDeque<>();
    int start = 0;
    while (start <= raw.length()) {
      int slash = raw.indexOf('/', start);
      int end = slash < 0 ? raw.length() : slash;
      String segment = raw.substring(start, end);
      if (segment.equals("..")) {
        segments.pollLast();
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        segments.add(segment);
      }
      start = end + 1;
    }
    String last = raw.endsWith("/") && !segments.isEmpty() ? "/" : "";
    return PercentEncoding.encodePath("/" + String.join("/", segments) + last);
  }

  /// The parameters, each escaped anew and in the order of their names, then values; all but the
  /// signature itself.
  static String query(String raw) {
    if (raw.isEmpty()) {
      return "";
    }
    List<Parameter> parameters = new ArrayList<>();
    int start = 0;
    while (start < raw.length()) {
      int ampersand = raw.indexOf('&', start);
      int end = ampersand < 0 ? raw.length() : ampersand;
      if (end > start) {
        int equals = raw.indexOf('=', start);
        boolean bare = equals < 0 || equals > end;
        String name = escape(raw, start, bare ? end : equals);
        if (!name.equals(SignatureParameters.SIGNATURE)) {
          parameters.add(new Parameter(name, bare ? "" : escape(raw, equals + 1, end)));
        }
      }
      start = end + 1;
    }
    Collections.sort(parameters, ORDER);
    StringBuilder out = new StringBuilder(raw.length() + 16);
    for (Parameter parameter : parameters) {
      out.append(out.isEmpty() ? "" : "&");
      out.append(parameter.name()).append('=').append(parameter.value());
    }
    return out.toString();
  }

  /// What `raw` stands for between `start` and `end`, escaped; a `+` is a blank, and a `%` that
  /// begins no escape is itself.
  private static String escape(String raw, int start, int end) {
    int i = start;
    while (i < end && PercentEncoding.isUnreserved(raw.charAt(i))) {
      i++;
    }
    if (i == end) {
      return raw.substring(start, end);
    }
    byte[] in = raw.substring(start, end).getBytes(UTF_8);
    StringBuilder out = new StringBuilder(in.length + 16);
    for (int at = 0; at < in.length; at++) {
      byte b = in[at] == '+' ? (byte) ' ' : in[at];
      if (b == '%' && isEscape(in, at)) {
        b = (byte) (HexFormat.fromHexDigit(in[++at]) << 4 | HexFormat.fromHexDigit(in[++at]));
      }
      if (PercentEncoding.isUnreserved((char) (b & 0xff))) {
        out.append((char) b);
      } else {
        out.append('%').append(HEX.toHexDigits(b));
      }
    }
    return out.toString();
  }

  private static boolean isEscape(byte[] in, int at) {
    return at + 2 < in.length
        && HexFormat.isHexDigit(in[at + 1])
        && HexFormat.isHexDigit(in[at + 2]);
  }
}
