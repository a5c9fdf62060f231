package dev.tegata.expression;

/// The functions of the language, and how many arguments each takes.
///
/// Source:
/// <https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#functions>
public enum Function {
  CONTAINS("contains", 2, 2),
  STARTS_WITH("startsWith", 2, 2),
  ENDS_WITH("endsWith", 2, 2),
  FORMAT("format", 1, Integer.MAX_VALUE),
  JOIN("join", 1, 2),
  TO_JSON("toJSON", 1, 1),
  FROM_JSON("fromJSON", 1, 1),
  CASE("case", 3, Integer.MAX_VALUE),
  HASH_FILES("hashFiles", 1, Integer.MAX_VALUE),
  ALWAYS("always", 0, 0),
  SUCCESS("success", 0, Integer.MAX_VALUE),
  FAILURE("failure", 0, Integer.MAX_VALUE),
  CANCELLED("cancelled", 0, 0);

  private final String spelling;
  private final int least;
  private final int most;

  Function(String spelling, int least, int most) {
    this.spelling = spelling;
    this.least = least;
    this.most = most;
  }

  String spelling() {
    return spelling;
  }

  /// Whether this asks how the run has gone so far.
  boolean isStatus() {
    return switch (this) {
      case ALWAYS, SUCCESS, FAILURE, CANCELLED -> true;
      case CONTAINS, STARTS_WITH, ENDS_WITH, FORMAT, JOIN, TO_JSON, FROM_JSON, CASE, HASH_FILES ->
          false;
    };
  }

  /// Whether this can be used wherever an expression can.
  boolean isGeneral() {
    return !isStatus() && this != HASH_FILES;
  }

  void requireArguments(int count) {
    if (count < least || count > most) {
      String expected =
          least == most
              ? "takes " + least
              : "takes " + (count < least ? "at least " + least : most);
      throw new ExpressionException(
          "`%s` %s argument%s, not %d"
              .formatted(spelling, expected, expected.endsWith(" 1") ? "" : "s", count));
    }
    if (this == CASE && count % 2 == 0) {
      throw new ExpressionException(
          "`case` takes pairs of a condition and a value, and a last value for when none holds");
    }
  }
}
