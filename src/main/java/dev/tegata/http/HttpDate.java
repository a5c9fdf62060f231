package dev.tegata.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/// A time as header fields tell it, such as `Sun, 06 Nov 1994 08:49:37 GMT`.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7>
public final class HttpDate {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private HttpDate() {}

  /// `time`, cut to its second.
  public static String format(Instant time) {
    return FORMAT.format(time);
  }

  /// The time that `text` tells, or nothing when it is not of this form.
  public static Optional<Instant> parse(String text) {
    try {
      return Optional.of(FORMAT.parse(text, Instant::from));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
