package dev.tegata.match;

import dev.tegata.arn.Arn;
import dev.tegata.match.Template.Values;
import java.util.ArrayList;
import java.util.List;

/// A pattern for ARNs, of which each of the six parts is matched by itself.
///
/// So `arn:aws:s3:::b*` never takes a colon of the head for its own; in the last part wildcards
/// cross `/` and `:`. `*` alone is every ARN, and parts that are left out at the end stand for any.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>
public final class ArnPattern {
  private static final int PARTS = 6;

  private final String text;
  private final List<Part> parts;

  /// One part; `glob` is its constant beginning, and the whole of it when it has no variable.
  private record Part(Template template, Glob glob) {
    static Part of(Template template) {
      return new Part(template, Glob.of(template.constantPattern()));
    }

    boolean matches(String value, Values values) {
      if (template.isConstant()) {
        return glob.matches(value);
      }
      if (!value.startsWith(glob.prefix())) {
        return false;
      }
      String pattern = template.pattern(values, value.length());
      return pattern != null && Glob.of(pattern).matches(value);
    }
  }

  private ArnPattern(String text, List<Part> parts) {
    this.text = text;
    this.parts = List.copyOf(parts);
  }

  /// A pattern of a `Resource` element: variables, if any, stand after the fifth colon.
  public static ArnPattern ofResource(String text, boolean variables) {
    return parse(text, variables, PARTS - 1);
  }

  /// A value of an ARN operator: variables may stand anywhere.
  public static ArnPattern ofCondition(String text, boolean variables) {
    return parse(text, variables, 0);
  }

  private static ArnPattern parse(String text, boolean variables, int firstVariablePart) {
    List<Part> parts = new ArrayList<>();
    if (!text.equals("*")) {
      for (String part : split(text, variables)) {
        boolean expand = variables && parts.size() >= firstVariablePart;
        parts.add(Part.of(expand ? Template.parse(part) : Template.constant(part)));
      }
    }
    while (parts.size() < PARTS) {
      parts.add(Part.of(Template.constant("*")));
    }
    return new ArnPattern(text, parts);
  }

  /// Splits at the first five colons, those within `${…}` aside.
  private static List<String> split(String text, boolean variables) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    int i = 0;
    while (i < text.length() && parts.size() < PARTS - 1) {
      int close = variables && text.startsWith("${", i) ? text.indexOf('}', i) : -1;
      if (close >= 0) {
        i = close;
      } else if (text.charAt(i) == ':') {
        parts.add(text.substring(from, i));
        from = i + 1;
      }
      i++;
    }
    parts.add(text.substring(from));
    return parts;
  }

  /// What the last part of every ARN that fits begins with.
  public String resourcePrefix() {
    return parts.getLast().glob().prefix();
  }

  /// The keys of its variables, as they are written.
  public List<String> keys() {
    return parts.stream().flatMap(part -> part.template().keys().stream()).toList();
  }

  /// Whether `arn` fits.
  public boolean matches(Arn arn, Values values) {
    return parts.get(0).matches("arn", values)
        && parts.get(1).matches(arn.partition(), values)
        && parts.get(2).matches(arn.service(), values)
        && parts.get(3).matches(arn.region(), values)
        && parts.get(4).matches(arn.account(), values)
        && parts.get(5).matches(arn.resource(), values);
  }

  /// Whether `text` has the six parts of an ARN.
  public static boolean isArn(String text) {
    int colons = 0;
    for (int i = 0; i < text.length() && colons < PARTS - 1; i++) {
      colons += text.charAt(i) == ':' ? 1 : 0;
    }
    return colons == PARTS - 1 && text.startsWith("arn:");
  }

  /// Whether `arn`, which has six parts, fits.
  public boolean matches(String arn, Values values) {
    int from = 0;
    for (int i = 0; i < PARTS; i++) {
      int to = i == PARTS - 1 ? arn.length() : arn.indexOf(':', from);
      if (!parts.get(i).matches(arn.substring(from, to), values)) {
        return false;
      }
      from = to + 1;
    }
    return true;
  }

  @Override
  public String toString() {
    return text;
  }
}
