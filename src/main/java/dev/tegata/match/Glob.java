package dev.tegata.match;

/// A string pattern: `*` stands for any run of characters, `?` for exactly one UTF-16 unit.
///
/// A match takes at most `pattern × text` steps and no memory, so a hostile policy cannot stall the
/// server; a regular expression could not promise that. A NUL, which no policy can hold, takes its
/// meaning from the character after it; [#literal] puts it there, and so text that comes from a
/// request is never a pattern.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>
public final class Glob {
  private static final char LITERAL = '\0';

  private final String pattern;
  private final String prefix;
  private final Shape shape;

  private enum Shape {
    EXACT,
    PREFIX,
    GENERAL
  }

  private Glob(String pattern) {
    this.pattern = pattern;
    int special = firstSpecial(pattern);
    this.prefix = pattern.substring(0, special);
    if (special == pattern.length()) {
      shape = Shape.EXACT;
    } else if (special == pattern.length() - 1 && pattern.charAt(special) == '*') {
      shape = Shape.PREFIX;
    } else {
      shape = Shape.GENERAL;
    }
  }

  /// The pattern that `pattern` writes.
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
      case GENERAL -> text.startsWith(prefix) && search(text);
    };
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

  private static boolean isSpecial(char c) {
    return c == '*' || c == '?' || c == LITERAL;
  }

  @Override
  public String toString() {
    return pattern;
  }
}
