package dev.tegata.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Text of a policy that may hold variables: `${aws:username}`, `${aws:PrincipalTag/team, 'none'}`.
///
/// `${*}`, `${?}` and `${$}` stand for the character itself. What a variable brings in is never a
/// pattern. A variable that has no value and no default leaves the whole text without one.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>
public final class Template {
  private final List<Part> parts;
  private final boolean constant;

  /// Where a variable's value comes from.
  public interface Values {
    /// The one value of the key, which is in small letters; null when it has none, or several.
    @Nullable String value(String foldedKey);
  }

  private sealed interface Part {
    /// `pattern` is `plain` with its wildcards at work; what fits it has `least` characters or
    /// more.
    record Fixed(String plain, String pattern, int least) implements Part {
      static Fixed of(String text) {
        int least = (int) text.chars().filter(c -> c != '*').count();
        return new Fixed(text, Glob.pattern(text), least);
      }
    }

    record Variable(String key, String foldedKey, @Nullable String fallback) implements Part {}
  }

  private Template(List<Part> parts) {
    this.parts = List.copyOf(parts);
    this.constant = parts.stream().allMatch(part -> part instanceof Part.Fixed);
  }

  /// Takes `text` as it stands.
  public static Template constant(String text) {
    return new Template(List.of(Part.Fixed.of(text)));
  }

  /// Reads `text` with its variables; an opening `${` without an end is text.
  public static Template parse(String text) {
    List<Part> parts = new ArrayList<>();
    int from = 0;
    int open = text.indexOf("${");
    while (open >= 0) {
      int close = text.indexOf('}', open);
      if (close < 0) {
        break;
      }
      addText(parts, text.substring(from, open));
      parts.add(variable(text.substring(open + 2, close)));
      from = close + 1;
      open = text.indexOf("${", from);
    }
    addText(parts, text.substring(from));
    return new Template(parts);
  }

  private static void addText(List<Part> parts, String text) {
    if (!text.isEmpty()) {
      parts.add(Part.Fixed.of(text));
    }
  }

  private static Part variable(String inside) {
    if (inside.equals("*") || inside.equals("?") || inside.equals("$")) {
      return new Part.Fixed(inside, Glob.literal(inside), 1);
    }
    int comma = inside.indexOf(',');
    if (comma >= 0) {
      String fallback = inside.substring(comma + 1).strip();
      if (fallback.length() >= 2 && fallback.startsWith("'") && fallback.endsWith("'")) {
        String key = inside.substring(0, comma).strip();
        return new Part.Variable(key, fold(key), fallback.substring(1, fallback.length() - 1));
      }
    }
    return new Part.Variable(inside, fold(inside), null);
  }

  /// Whether the text is the same for every request.
  public boolean isConstant() {
    return constant;
  }

  /// The keys of its variables, as they are written.
  public List<String> keys() {
    return parts.stream()
        .flatMap(part ->
            part instanceof Part.Variable variable ? Stream.of(variable.key()) : Stream.empty())
        .toList();
  }

  /// Whether each variable has a value or a default.
  public boolean isResolved(Values values) {
    return parts.stream()
        .allMatch(part ->
            !(part instanceof Part.Variable(var _, var key, var fallback))
                || fallback != null
                || values.value(key) != null);
  }

  /// The text for a request, in which `*` and `?` are characters; null when a variable has no
  /// value, and when the text is of more than `longest` characters: what is compared with it then
  /// differs anyway, and many variables of a long value are not put together for nothing.
  public @Nullable String text(Values values, int longest) {
    return expand(values, false, longest);
  }

  /// The pattern for a request; null when a variable has no value, and when no text of `longest`
  /// characters or fewer could fit.
  public @Nullable String pattern(Values values, int longest) {
    return expand(values, true, longest);
  }

  /// The pattern up to the first variable.
  public String constantPattern() {
    StringBuilder pattern = new StringBuilder();
    for (Part part : parts) {
      if (!(part instanceof Part.Fixed fixed)) {
        break;
      }
      pattern.append(fixed.pattern());
    }
    return pattern.toString();
  }

  private static String fold(String key) {
    return key.toLowerCase(Locale.ROOT);
  }

  private @Nullable String expand(Values values, boolean asPattern, int longest) {
    StringBuilder text = new StringBuilder();
    int left = longest;
    for (Part part : parts) {
      switch (part) {
        case Part.Fixed(var plain, var pattern, var least) -> {
          left -= asPattern ? least : plain.length();
          text.append(asPattern ? pattern : plain);
        }
        case Part.Variable(var _, var key, var fallback) -> {
          String found = values.value(key);
          String value = found == null ? fallback : found;
          if (value == null || value.length() > left) {
            return null;
          }
          left -= value.length();
          text.append(asPattern ? Glob.literal(value) : value);
        }
      }
      if (left < 0) {
        return null;
      }
    }
    return text.toString();
  }
}
