package dev.tegata.sigv4;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/// The time form of signatures: `20130524T000000Z`, in UTC, to the second.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-signing-elements.html#date>
public final class AmzDate {
  private static final int LENGTH = 16;
  private static final int DATE_LENGTH = 8;

  private AmzDate() {}

  /// Reads an `x-amz-date`, or the form that a `Date` header has.
  static Optional<Instant> parse(String text) {
    try {
      return Optional.of(
          hasBasicForm(text)
              ? LocalDateTime.of(
                      number(text, 0, 4),
                      number(text, 4, 6),
                      number(text, 6, 8),
                      number(text, 9, 11),
                      number(text, 11, 13),
                      number(text, 13, 15))
                  .toInstant(ZoneOffset.UTC)
              : Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /// `time` as `20130524T000000Z`.
  public static String format(Instant time) {
    LocalDateTime utc = LocalDateTime.ofEpochSecond(time.getEpochSecond(), 0, ZoneOffset.UTC);
    StringBuilder out = new StringBuilder(LENGTH);
    append(out, utc.getYear() / 100);
    append(out, utc.getYear() % 100);
    append(out, utc.getMonthValue());
    append(out, utc.getDayOfMonth());
    out.append('T');
    append(out, utc.getHour());
    append(out, utc.getMinute());
    append(out, utc.getSecond());
    return out.append('Z').toString();
  }

  /// The day of `time` as a credential scope has it: `20130524`.
  public static String date(Instant time) {
    return format(time).substring(0, DATE_LENGTH);
  }

  private static boolean hasBasicForm(String text) {
    if (text.length() != LENGTH || text.charAt(DATE_LENGTH) != 'T' || text.charAt(15) != 'Z') {
      return false;
    }
    for (int i = 0; i < LENGTH - 1; i++) {
      char c = text.charAt(i);
      if (i != DATE_LENGTH && (c < '0' || c > '9')) {
        return false;
      }
    }
    return true;
  }

  private static int number(String text, int start, int end) {
    return Integer.parseInt(text, start, end, 10);
  }

  private static void append(StringBuilder out, int twoDigits) {
    out.append((char) ('0' + twoDigits / 10)).append((char) ('0' + twoDigits % 10));
  }
}
