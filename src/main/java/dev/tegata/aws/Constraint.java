package dev.tegata.aws;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// What one member of a request must be like: a row of a service's table.
///
/// The patterns are AWS's own, hence `java.util.regex`; they are tried only on what is short
/// enough.
record Constraint(
    boolean required,
    OptionalInt min,
    OptionalInt max,
    List<Pattern> pattern,
    List<String> values,
    boolean secret) {
  static final int COLUMNS = 9;

  static final String PATTERN = "Member must satisfy regular expression pattern: ";
  static final String ENUM = "Member must satisfy enum value set";

  /// A member about which the model says nothing.
  static final Constraint NONE =
      new Constraint(false, OptionalInt.empty(), OptionalInt.empty(), List.of(), List.of(), false);

  /// Reads the columns after `operation` and `member`: type, required, min, max, pattern, enum,
  /// secret.
  ///
  /// @throws IllegalArgumentException when one of them is not what it should be
  static Constraint parse(String[] columns) {
    List<String> types = List.of("string", "integer", "boolean", "list", "structure", "map");
    if (columns.length != COLUMNS || !types.contains(columns[2])) {
      throw new IllegalArgumentException("not a constraint: `" + String.join("\t", columns) + "`");
    }
    try {
      return new Constraint(
          yes(columns[3]),
          number(columns[4]),
          number(columns[5]),
          columns[6].isEmpty() ? List.of() : List.of(Pattern.compile(columns[6])),
          columns[7].isEmpty() ? List.of() : Arrays.asList(columns[7].split(",", -1)),
          yes(columns[8]));
    } catch (NumberFormatException | PatternSyntaxException e) {
      throw new IllegalArgumentException("not a constraint: `" + String.join("\t", columns), e);
    }
  }

  private static boolean yes(String column) {
    return switch (column) {
      case "yes" -> true;
      case "" -> false;
      default -> throw new IllegalArgumentException("`yes` or nothing, not `" + column + "`");
    };
  }

  private static OptionalInt number(String column) {
    return column.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(column));
  }

  /// The demands that `text` does not meet, in AWS's words.
  List<String> failures(String text) {
    int length = text.codePointCount(0, text.length());
    List<String> failures = new ArrayList<>(failures("length", length));
    if (max.isEmpty() || length <= max.getAsInt()) {
      for (Pattern each : pattern) {
        if (!each.matcher(text).matches()) {
          failures.add(PATTERN + each);
        }
      }
    }
    if (!values.isEmpty() && !values.contains(text)) {
      failures.add(ENUM + ": [" + String.join(", ", values) + "]");
    }
    return failures;
  }

  /// The demands that a number or a length does not meet; `what` is `value` or `length`.
  List<String> failures(String what, int number) {
    if (min.isPresent() && number < min.getAsInt()) {
      return List.of(atLeast(what, min.getAsInt()));
    }
    if (max.isPresent() && number > max.getAsInt()) {
      return List.of(atMost(what, max.getAsInt()));
    }
    return List.of();
  }

  /// All that is demanded of a text, met or not, as AWS says it of a list's items.
  List<String> demands() {
    List<String> demands = new ArrayList<>();
    max.ifPresent(most -> demands.add(atMost("length", most)));
    min.ifPresent(least -> demands.add(atLeast("length", least)));
    pattern.forEach(each -> {
      demands.add(PATTERN + each);
      demands.add("Member must not be null");
    });
    if (!values.isEmpty()) {
      demands.add(ENUM + ": [" + String.join(", ", values) + "]");
    }
    return demands;
  }

  private static String atLeast(String what, int least) {
    return "Member must have " + what + " greater than or equal to " + least;
  }

  private static String atMost(String what, int most) {
    return "Member must have " + what + " less than or equal to " + most;
  }
}
