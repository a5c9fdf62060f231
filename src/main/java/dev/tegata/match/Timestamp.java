package dev.tegata.match;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.OptionalLong;

/// Reads a date as policies write it: whole epoch seconds, or ISO 8601 from `2026-09` to
/// `2026-09-11T10:47:01.250+02:00`. Finer than a millisecond is cut off; no zone means UTC.
///
/// A text of digits alone is epoch seconds, also where ISO 8601 would read a year.
///
/// Source: <https://www.w3.org/TR/NOTE-datetime>
public final class Timestamp {
  private static final int MAX_FRACTION_DIGITS = 9;
  private static final int MAX_YEAR_DIGITS = 9;
  // What milliseconds in 64 bits reach, in whole years.
  private static final int MIN_YEAR = -292_275_054;
  private static final int MAX_YEAR = 292_278_993;
  private static final int MILLIS_DIGITS = 3;

  private final String text;
  private int at;

  private Timestamp(String text) {
    this.text = text;
  }

  /// The milliseconds since 1970 that `text` names; empty when it is no date.
  public static OptionalLong parse(String text) {
    if (text.isEmpty() || text.length() > 64) {
      return OptionalLong.empty();
    }
    try {
      if (text.chars().allMatch(Timestamp::isDigit)) {
        return OptionalLong.of(saturatedMillis(Long.parseLong(text)));
      }
      return OptionalLong.of(new Timestamp(text).read());
    } catch (DateTimeException | NumberFormatException _) {
      return OptionalLong.empty();
    }
  }

  private static long saturatedMillis(long seconds) {
    return seconds > Long.MAX_VALUE / 1000 ? Long.MAX_VALUE : seconds * 1000;
  }

  private long read() {
    int sign = take('-') ? -1 : 1;
    int year = sign * number(MAX_YEAR_DIGITS);
    if (year < MIN_YEAR || year > MAX_YEAR) {
      throw new DateTimeException("no such year");
    }
    int month = take('-') ? number(2) : 1;
    int day = take('-') ? number(2) : 1;
    LocalDateTime date = LocalDateTime.of(year, month, day, 0, 0);
    if (at == text.length()) {
      return millis(date);
    }
    if (!take('T') && !take('t')) {
      throw new DateTimeException("no time after the date");
    }
    if (at < text.length()) {
      date = date.withHour(number(2));
    }
    if (take(':')) {
      date = date.withMinute(number(2));
    }
    if (take(':')) {
      date = date.withSecond(number(2));
    }
    long fraction = take('.') ? fraction() : 0;
    long ahead = zone();
    if (at != text.length()) {
      throw new DateTimeException("text after the date");
    }
    return millis(date) + fraction - ahead;
  }

  private static long millis(LocalDateTime date) {
    return date.toEpochSecond(ZoneOffset.UTC) * 1000;
  }

  private long fraction() {
    int from = at;
    number(MAX_FRACTION_DIGITS);
    String digits = text.substring(from, Math.min(at, from + MILLIS_DIGITS));
    return Long.parseLong(digits + "0".repeat(MILLIS_DIGITS - digits.length()));
  }

  /// How far the zone is ahead of UTC, in milliseconds; up to a day, as IAM takes it.
  private long zone() {
    if (at == text.length() || take('Z') || take('z')) {
      return 0;
    }
    int sign = take('-') ? -1 : 1;
    if (sign == 1 && !take('+')) {
      throw new DateTimeException("no zone after the time");
    }
    int hours = twoDigits();
    int minutes = take(':') ? twoDigits() : 0;
    if (hours > 23 || minutes > 59) {
      throw new DateTimeException("no such zone");
    }
    return sign * (hours * 60L + minutes) * 60_000;
  }

  private int twoDigits() {
    int from = at;
    int number = number(2);
    if (at - from != 2) {
      throw new DateTimeException("a zone has two digits");
    }
    return number;
  }

  private int number(int maxDigits) {
    int from = at;
    while (at < text.length() && at - from < maxDigits && isDigit(text.charAt(at))) {
      at++;
    }
    return Integer.parseInt(text, from, at, 10);
  }

  private boolean take(char c) {
    boolean found = at < text.length() && text.charAt(at) == c;
    if (found) {
      at++;
    }
    return found;
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
