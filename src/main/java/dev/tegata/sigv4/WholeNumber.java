package dev.tegata.sigv4;

import java.util.OptionalLong;

/// A number of nothing but digits, as lengths and periods are.
final class WholeNumber {
  private static final int MAX_DIGITS = 18; // no overflow

  private WholeNumber() {}

  static OptionalLong parse(String text) {
    if (text.isEmpty() || text.length() > MAX_DIGITS) {
      return OptionalLong.empty();
    }
    long number = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return OptionalLong.empty();
      }
      number = number * 10 + (c - '0');
    }
    return OptionalLong.of(number);
  }
}
