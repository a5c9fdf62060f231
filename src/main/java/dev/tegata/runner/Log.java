package dev.tegata.runner;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// Writes the log: jobs at the margin, steps under them, and what steps print under those.
///
/// Every line is cleaned and masked here, so nothing can be logged by another way.
final class Log {
  private static final int MAX_SHOWN = 1 << 16;
  private static final String JOB_INDENT = "  ";
  private static final String STEP_INDENT = "      ";
  private static final int MAX_GROUPS = 8;
  private static final char ESCAPE = '\u001b';

  private final LogSink sink;
  private final Masker masker;
  private final boolean color;
  private int groups;

  Log(LogSink sink, Masker masker, boolean color) {
    this.sink = sink;
    this.masker = masker;
    this.color = color;
  }

  /// What a line that came with an importance is about.
  enum Level {
    DEBUG("\u001b[2m"),
    NOTICE("\u001b[36m"),
    WARNING("\u001b[33m"),
    ERROR("\u001b[31m");

    private final String paint;

    Level(String paint) {
      this.paint = paint;
    }
  }

  void jobBegins(String name, Optional<String> remark) {
    write("", "● " + name + remark.map(text -> "  (" + text + ")").orElse(""));
  }

  void jobEnds(String name, Conclusion outcome, Duration duration) {
    String words = outcome == Conclusion.SUCCESS ? "" : "  " + outcome.word();
    write("", "%s %s%s  %s".formatted(mark(outcome), name, words, format(duration)));
  }

  void jobSkipped(String name) {
    write("", "%s %s  skipped".formatted(mark(Conclusion.SKIPPED), name));
  }

  /// A line about the job, outside its steps.
  void job(Level level, String text) {
    text.lines().forEach(line -> write(JOB_INDENT, painted(level, line)));
  }

  void stepBegins(String name) {
    groups = 0;
    write(JOB_INDENT, "▸ " + name);
  }

  void stepEnds(String name, Conclusion outcome, Conclusion conclusion, Duration duration) {
    String words =
        outcome == Conclusion.SUCCESS
            ? ""
            : "  " + outcome.word() + (conclusion == outcome ? "" : ", which does not count");
    write(JOB_INDENT, "%s %s%s  %s".formatted(mark(outcome), name, words, format(duration)));
  }

  void stepSkipped(String name) {
    write(JOB_INDENT, "%s %s  skipped".formatted(mark(Conclusion.SKIPPED), name));
  }

  /// What a step printed.
  void line(String text) {
    write(STEP_INDENT + JOB_INDENT.repeat(groups), text);
  }

  void line(Level level, String text) {
    text.lines().forEach(line -> line(painted(level, line)));
  }

  void group(String title) {
    line("▾ " + title);
    groups = Math.min(groups + 1, MAX_GROUPS);
  }

  void endGroup() {
    groups = Math.max(groups - 1, 0);
  }

  private void write(String indent, String text) {
    String masked = masker.mask(clean(text));
    if (masked.length() > MAX_SHOWN) {
      int left = masked.length() - MAX_SHOWN;
      masked = masked.substring(0, MAX_SHOWN) + "… (%d more characters)".formatted(left);
    }
    sink.line((indent + masked).stripTrailing());
  }

  private String painted(Level level, String text) {
    String line = level.name().toLowerCase(Locale.ROOT) + ": " + text;
    return color ? level.paint + line + "\u001b[0m" : line;
  }

  private String mark(Conclusion conclusion) {
    return switch (conclusion) {
      case SUCCESS -> color ? "\u001b[32m✓\u001b[0m" : "✓";
      case FAILURE -> color ? "\u001b[31m✗\u001b[0m" : "✗";
      case CANCELLED -> color ? "\u001b[33m!\u001b[0m" : "!";
      case SKIPPED -> "-";
    };
  }

  /// Leaves out control characters, so that what a step prints cannot move the reader's cursor.
  /// Colors stay when the log has colors. It comes before masking: a secret with an escape in the
  /// middle would not be found.
  private String clean(String text) {
    if (text.chars().allMatch(Log::isVisible)) {
      return text;
    }
    StringBuilder clean = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      int end = c == ESCAPE ? escapeEnd(text, at) : at + 1;
      boolean isColor = c == ESCAPE && end - at > 2 && text.charAt(end - 1) == 'm';
      if (isColor ? color : isVisible(c) || c == '\t') {
        clean.append(text, at, end);
      }
      at = end;
    }
    return clean.toString();
  }

  private static boolean isVisible(int c) {
    return c >= ' ' && (c < 0x7f || c > 0x9f);
  }

  /// Where the escape sequence that begins at `start` ends: `ESC [ parameters letter`, or two
  /// characters.
  private static int escapeEnd(String text, int start) {
    int at = start + 1;
    if (at < text.length() && text.charAt(at) == '[') {
      at++;
      while (at < text.length() && text.charAt(at) >= 0x20 && text.charAt(at) <= 0x3f) {
        at++;
      }
    }
    return Math.min(at + 1, text.length());
  }

  /// `0.2 s`, or `3 min 20 s` from a minute on.
  static String format(Duration duration) {
    if (duration.toMinutes() > 0) {
      return "%d min %d s".formatted(duration.toMinutes(), duration.toSecondsPart());
    }
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }
}
