package dev.tegata.match;

import java.util.Arrays;
import java.util.List;

/// A string pattern: `*` stands for any run of characters, `?` for exactly one UTF-16 unit.
///
/// A match takes at most `pattern × text` steps and no memory, so a hostile policy cannot stall the
/// server; a regular expression could not promise that. In a pattern a NUL takes the character
/// after it for itself; [#literal] puts it there, and so text that comes from a request is never a
/// pattern.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>
public final class Glob {
  private static final char LITERAL = '\0';

  private final String pattern;
  private final String prefix;
  private final String suffix;
  private final Shape shape;
  private final List<String> runs;

  private enum Shape {
    EXACT,
    PREFIX,
    /// Text and stars only: what stands between the stars is looked for, one after the other.
    STARS,
    GENERAL
  }

  private Glob(String pattern) {
    this.pattern = pattern;
    int special = firstSpecial(pattern);
    this.prefix = pattern.substring(0, special);
    this.suffix = pattern.substring(afterLastSpecial(pattern));
    boolean stars = pattern.indexOf('?') < 0 && pattern.indexOf(LITERAL) < 0;
    this.runs = stars ? runs(pattern.substring(special)) : List.of();
    if (special == pattern.length()) {
      shape = Shape.EXACT;
    } else if (special == pattern.length() - 1 && pattern.charAt(special) == '*') {
      shape = Shape.PREFIX;
    } else {
      shape = stars ? Shape.STARS : Shape.GENERAL;
    }
  }

  /// What stands between the first star of `pattern` and the last.
  private static List<String> runs(String pattern) {
    int last = pattern.lastIndexOf('*');
    return last < 0
        ? List.of()
        : Arrays.stream(pattern.substring(0, last).split("\\*"))
            .filter(run -> !run.isEmpty())
            .toList();
  }

  /// The pattern that a policy writes, in which `*` and `?` are wildcards and a NUL is a NUL.
  public static String pattern(String written) {
    return written.indexOf(LITERAL) < 0 ? written : written.replace("\0", "\0\0");
  }

  /// The pattern made of [#pattern]s and [#literal]s.
  public static Glob of(String pattern) {
    return new Glob(pattern);
  }

  /// A pattern that `text`, and only it, fits.
  public static String literal(String text) {
    if (firstSpecial(text) == text.length()) {
      return text;
    }
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isSpecial(c)) {
        escaped.append(LITERAL);
      }
      escaped.append(c);
    }
    return escaped.toString();
  }

  /// What every text that fits begins with.
  public String prefix() {
    return prefix;
  }

  /// Whether the whole of `text` fits.
  public boolean matches(String text) {
    return switch (shape) {
      case EXACT -> text.equals(pattern);
      case PREFIX -> text.startsWith(prefix);
      case STARS -> text.startsWith(prefix) && text.endsWith(suffix) && findRuns(text);
      case GENERAL -> text.startsWith(prefix) && text.endsWith(suffix) && search(text);
    };
  }

  private boolean findRuns(String text) {
    int at = prefix.length();
    for (int i = 0; i < runs.size(); i++) {
      int found = text.indexOf(runs.get(i), at);
      if (found < 0) {
        return false;
      }
      at = found + runs.get(i).length();
    }
    return at <= text.length() - suffix.length();
  }

  private boolean search(String text) {
    int p = prefix.length();
    int t = p;
    int star = -1; // where to take the pattern up again after the last `*` passed, and
    int resume = 0; // the text
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = ++p;
        resume = t;
      } else if (p < pattern.length() && fits(p, text.charAt(t))) {
        p += width(p);
        t++;
      } else if (star >= 0) {
        p = star;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  private boolean fits(int p, char c) {
    char wanted = pattern.charAt(p);
    return switch (wanted) {
      case '?' -> true;
      case LITERAL -> c == (p + 1 < pattern.length() ? pattern.charAt(p + 1) : LITERAL);
      default -> c == wanted;
    };
  }

  private int width(int p) {
    return pattern.charAt(p) == LITERAL && p + 1 < pattern.length() ? 2 : 1;
  }

  private static int firstSpecial(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isSpecial(text.charAt(i))) {
        return i;
      }
    }
    return text.length();
  }

  private static int afterLastSpecial(String text) {
    int i = text.length();
    while (i > 0 && !isSpecial(text.charAt(i - 1))) {
      i--;
    }
    return i;
  }

  private static boolean isSpecial(char c) {
    return c == '*' || c == '?' || c == LITERAL;
  }

  @Override
  public String toString() {
    return pattern;
  }
}
