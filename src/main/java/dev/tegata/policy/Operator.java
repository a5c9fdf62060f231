package dev.tegata.policy;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A condition operator: a comparison, how it treats several values, and whether a missing key will
/// do. `ForAnyValue:StringLikeIfExists` has all three.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>
public record Operator(Quantifier quantifier, Comparison comparison, boolean ifExists) {
  private static final String IF_EXISTS = "IfExists";

  /// How many of a key's values must pass.
  public enum Quantifier {
    /// The key has one value.
    NONE(""),
    /// One of them, at least.
    ANY("ForAnyValue:"),
    /// Each of them, which is also true of none.
    ALL("ForAllValues:");

    private final String prefix;

    Quantifier(String prefix) {
      this.prefix = prefix;
    }
  }

  /// What a value is compared as.
  enum Type {
    STRING,
    NUMERIC,
    DATE,
    BOOL,
    BINARY,
    IP,
    ARN,
    NULL
  }

  public enum Comparison {
    STRING_EQUALS("StringEquals", Type.STRING, false),
    STRING_NOT_EQUALS("StringNotEquals", Type.STRING, true),
    STRING_EQUALS_IGNORE_CASE("StringEqualsIgnoreCase", Type.STRING, false),
    STRING_NOT_EQUALS_IGNORE_CASE("StringNotEqualsIgnoreCase", Type.STRING, true),
    STRING_LIKE("StringLike", Type.STRING, false),
    STRING_NOT_LIKE("StringNotLike", Type.STRING, true),
    NUMERIC_EQUALS("NumericEquals", Type.NUMERIC, false),
    NUMERIC_NOT_EQUALS("NumericNotEquals", Type.NUMERIC, true),
    NUMERIC_LESS_THAN("NumericLessThan", Type.NUMERIC, false),
    NUMERIC_LESS_THAN_EQUALS("NumericLessThanEquals", Type.NUMERIC, false),
    NUMERIC_GREATER_THAN("NumericGreaterThan", Type.NUMERIC, false),
    NUMERIC_GREATER_THAN_EQUALS("NumericGreaterThanEquals", Type.NUMERIC, false),
    DATE_EQUALS("DateEquals", Type.DATE, false),
    DATE_NOT_EQUALS("DateNotEquals", Type.DATE, true),
    DATE_LESS_THAN("DateLessThan", Type.DATE, false),
    DATE_LESS_THAN_EQUALS("DateLessThanEquals", Type.DATE, false),
    DATE_GREATER_THAN("DateGreaterThan", Type.DATE, false),
    DATE_GREATER_THAN_EQUALS("DateGreaterThanEquals", Type.DATE, false),
    BOOL("Bool", Type.BOOL, false),
    BINARY_EQUALS("BinaryEquals", Type.BINARY, false),
    IP_ADDRESS("IpAddress", Type.IP, false),
    NOT_IP_ADDRESS("NotIpAddress", Type.IP, true),
    ARN_EQUALS("ArnEquals", Type.ARN, false),
    ARN_LIKE("ArnLike", Type.ARN, false),
    ARN_NOT_EQUALS("ArnNotEquals", Type.ARN, true),
    ARN_NOT_LIKE("ArnNotLike", Type.ARN, true),
    NULL("Null", Type.NULL, false);

    private static final Map<String, Comparison> BY_NAME = new HashMap<>();

    static {
      for (Comparison comparison : values()) {
        BY_NAME.put(comparison.text.toLowerCase(Locale.ROOT), comparison);
      }
    }

    private final String text;
    private final Type type;
    private final boolean negated;

    Comparison(String text, Type type, boolean negated) {
      this.text = text;
      this.type = type;
      this.negated = negated;
    }

    Type type() {
      return type;
    }

    /// Whether it holds when none of the policy's values is met, and so for a missing key.
    public boolean isNegated() {
      return negated;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /// Reads an operator in any case; empty when there is none of that name.
  static Optional<Operator> parse(String name) {
    String rest = name;
    Quantifier quantifier = Quantifier.NONE;
    for (Quantifier candidate : new Quantifier[] {Quantifier.ANY, Quantifier.ALL}) {
      int length = candidate.prefix.length();
      if (rest.regionMatches(true, 0, candidate.prefix, 0, length)) {
        quantifier = candidate;
        rest = rest.substring(length);
        break;
      }
    }
    int end = rest.length() - IF_EXISTS.length();
    boolean ifExists = end > 0 && rest.regionMatches(true, end, IF_EXISTS, 0, IF_EXISTS.length());
    Comparison comparison =
        Comparison.BY_NAME.get((ifExists ? rest.substring(0, end) : rest).toLowerCase(Locale.ROOT));
    if (comparison == null || (comparison == Comparison.NULL && ifExists)) {
      return Optional.empty();
    }
    return Optional.of(new Operator(quantifier, comparison, ifExists));
  }

  /// Whether a condition holds for a request that lacks its key. For `Null` that depends on the
  /// value, so it is not asked here.
  boolean holdsWhenAbsent() {
    return ifExists
        || switch (quantifier) {
          case NONE -> comparison.negated;
          case ANY -> false;
          case ALL -> true;
        };
  }

  @Override
  public String toString() {
    return quantifier.prefix + comparison + (ifExists ? IF_EXISTS : "");
  }
}
