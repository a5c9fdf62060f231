package dev.tegata.s3;

import dev.tegata.aws.Refusal;
import dev.tegata.aws.S3Error;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A part of an object: `length` bytes from `first` on, at least one.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc9110#section-14.1.2>
record ByteRange(long first, long length) {
  private static final int MAX_DIGITS = 18; // always a `long`
  private static final Pattern FORM =
      Pattern.compile("bytes=\\s*(\\d{0,%d})-(\\d{0,%d})\\s*".formatted(MAX_DIGITS, MAX_DIGITS));

  /// The range that a `Range` field asks for, of an object that has `size` bytes; nothing when the
  /// whole object is to be sent: the field is not a range, or several, of which S3 sends none.
  ///
  /// @throws Refusal when the object has no byte in the range
  static Optional<ByteRange> parse(String field, long size) {
    Matcher range = FORM.matcher(field);
    if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
      return Optional.empty();
    }
    if (range.group(1).isEmpty()) {
      long count = Math.min(Long.parseLong(range.group(2)), size);
      return Optional.of(satisfiable(new ByteRange(size - count, count), field, size));
    }
    long first = Long.parseLong(range.group(1));
    long last =
        range.group(2).isEmpty() ? size - 1 : Math.min(Long.parseLong(range.group(2)), size - 1);
    if (!range.group(2).isEmpty() && Long.parseLong(range.group(2)) < first) {
      return Optional.empty();
    }
    return Optional.of(satisfiable(new ByteRange(first, last - first + 1), field, size));
  }

  private static ByteRange satisfiable(ByteRange range, String field, long size) {
    if (range.length() <= 0) {
      throw new Refusal(new S3Error.InvalidRange(field, size));
    }
    return range;
  }

  /// The value of a `Content-Range` field.
  String of(long size) {
    return "bytes " + first + "-" + (first + length - 1) + "/" + size;
  }
}
