package dev.tegata.match;

import java.util.Optional;

/// A decimal number of any size, such as `42`, `+0900` or `-3.50`, kept as its digits.
///
/// `whole` has no zeros before it and `fraction` none behind it, so equal numbers are equal values.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Numeric>
public record Decimal(boolean negative, String whole, String fraction)
    implements Comparable<Decimal> {

  /// Reads a number: a sign if there is one, digits, and a point among them. No blanks, no
  /// exponent.
  public static Optional<Decimal> parse(String text) {
    int start = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    int point = text.indexOf('.', start);
    int wholeEnd = point < 0 ? text.length() : point;
    int fractionStart = point < 0 ? text.length() : point + 1;
    boolean empty = start == wholeEnd && fractionStart == text.length();
    if (empty
        || !isDigits(text, start, wholeEnd)
        || !isDigits(text, fractionStart, text.length())) {
      return Optional.empty();
    }
    while (start < wholeEnd && text.charAt(start) == '0') {
      start++;
    }
    int end = text.length();
    while (end > fractionStart && text.charAt(end - 1) == '0') {
      end--;
    }
    String whole = text.substring(start, wholeEnd);
    String fraction = text.substring(fractionStart, end);
    boolean zero = whole.isEmpty() && fraction.isEmpty();
    return Optional.of(new Decimal(text.startsWith("-") && !zero, whole, fraction));
  }

  private static boolean isDigits(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  @Override
  public int compareTo(Decimal other) {
    if (negative != other.negative) {
      return negative ? -1 : 1;
    }
    int magnitude = Integer.compare(whole.length(), other.whole.length());
    if (magnitude == 0) {
      magnitude = whole.compareTo(other.whole);
    }
    if (magnitude == 0) {
      magnitude = fraction.compareTo(other.fraction);
    }
    return negative ? -magnitude : magnitude;
  }
}
