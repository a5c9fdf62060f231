package dev.tegata.expression;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/// Numbers and their texts, as expressions convert between them.
///
/// Source:
/// <https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#operators>
final class Numbers {
  private static final MathContext PRECISION = new MathContext(15, RoundingMode.HALF_EVEN);
  private static final int SMALLEST_PLAIN_EXPONENT = -4;
  private static final int MAX_DIGITS_OF_32_BITS = 16;

  private Numbers() {}

  /// The number that `text` stands for: 0 for an empty text, NaN for one that is no number.
  static double parse(String text) {
    String trimmed = text.strip();
    if (trimmed.isEmpty()) {
      return 0;
    }
    if (isDecimal(trimmed)) {
      return Double.parseDouble(trimmed);
    }
    if (trimmed.startsWith("0x")) {
      return parseInt32(trimmed.substring(2), 16);
    }
    if (trimmed.startsWith("0o")) {
      return parseInt32(trimmed.substring(2), 8);
    }
    return switch (trimmed.toLowerCase(Locale.ROOT)) {
      case "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-infinity" -> Double.NEGATIVE_INFINITY;
      default -> Double.NaN;
    };
  }

  /// Fifteen significant digits, with an exponent from 1E+15 on and below 0.0001.
  static String format(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "Infinity" : "-Infinity";
    }
    if (value == 0) {
      return "0";
    }
    BigDecimal rounded = new BigDecimal(value).round(PRECISION).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent >= SMALLEST_PLAIN_EXPONENT && exponent < PRECISION.getPrecision()) {
      return rounded.toPlainString();
    }
    String mantissa = rounded.movePointLeft(exponent).stripTrailingZeros().toPlainString();
    return "%sE%s%02d".formatted(mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
  }

  /// A sign, digits with at most one point among them, and an exponent; no more than that.
  private static boolean isDecimal(String text) {
    int i = "+-".indexOf(text.charAt(0)) >= 0 ? 1 : 0;
    int digits = 0;
    boolean point = false;
    for (; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' && !point) {
        point = true;
      } else if (isDigit(c)) {
        digits++;
      } else {
        break;
      }
    }
    return digits > 0 && (i == text.length() || isExponent(text.substring(i)));
  }

  private static boolean isExponent(String text) {
    if (text.charAt(0) != 'e' && text.charAt(0) != 'E') {
      return false;
    }
    int start = text.length() > 1 && "+-".indexOf(text.charAt(1)) >= 0 ? 2 : 1;
    return start < text.length() && text.chars().skip(start).allMatch(Numbers::isDigit);
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /// An integer of 32 bits whose highest bit is its sign.
  private static double parseInt32(String digits, int radix) {
    boolean all = digits.chars().allMatch(c -> c < 128 && Character.digit(c, radix) >= 0);
    if (!all || digits.isEmpty() || digits.length() > MAX_DIGITS_OF_32_BITS) {
      return Double.NaN;
    }
    long value = Long.parseLong(digits, radix);
    return value >>> 32 == 0 ? (int) value : Double.NaN;
  }
}
