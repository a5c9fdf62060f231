package dev.tegata.report;

import java.util.regex.Pattern;

/// Makes what a stranger wrote fit for a terminal.
///
/// A token's issuer or an object's key can hold control characters, with which a terminal would be
/// made to hide or forge a line.
public final class Printable {
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\x80-\\x9f&&[^\n]]");

  private Printable() {}

  /// `text` with a question mark for each control character but the line break.
  public static String of(String text) {
    return CONTROL.matcher(text).replaceAll("?");
  }
}
