package dev.tegata.expression;

import dev.tegata.expression.Value.Array;
import dev.tegata.expression.Value.Bool;
import dev.tegata.expression.Value.Fields;
import dev.tegata.expression.Value.Null;
import dev.tegata.expression.Value.Num;
import dev.tegata.expression.Value.Text;

/// How `==`, `<` and the others see two values: what differs in kind is compared as numbers.
///
/// Source:
/// <https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#operators>
enum Comparison {
  EQUAL("=="),
  NOT_EQUAL("!="),
  LESS("<"),
  LESS_OR_EQUAL("<="),
  GREATER(">"),
  GREATER_OR_EQUAL(">=");

  private final String symbol;

  Comparison(String symbol) {
    this.symbol = symbol;
  }

  String symbol() {
    return symbol;
  }

  boolean test(Value left, Value right) {
    return switch (this) {
      case EQUAL -> areEqual(left, right);
      case NOT_EQUAL -> !areEqual(left, right);
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> order(left, right);
    };
  }

  /// Texts are equal without regard to case; arrays and objects only to themselves.
  static boolean areEqual(Value left, Value right) {
    if (left instanceof Text(String a) && right instanceof Text(String b)) {
      return a.equalsIgnoreCase(b);
    }
    if (left instanceof Null && right instanceof Null) {
      return true;
    }
    if (left.isPrimitive() && right.isPrimitive()) {
      return left.number() == right.number();
    }
    return isSame(left, right);
  }

  @SuppressWarnings("ReferenceEquality") // because the language compares collections by identity
  private static boolean isSame(Value left, Value right) {
    return left == right;
  }

  private boolean order(Value left, Value right) {
    return switch (left) {
      case Text(String a) when right instanceof Text(String b) -> accepts(a.compareToIgnoreCase(b));
      case Null() when right instanceof Null -> false;
      case Null _, Bool _, Num _, Text _ when right.isPrimitive() -> {
        double a = left.number();
        double b = right.number();
        yield !Double.isNaN(a) && !Double.isNaN(b) && accepts(a < b ? -1 : a > b ? 1 : 0);
      }
      case Null _, Bool _, Num _, Text _, Array _, Fields _ -> false;
    };
  }

  private boolean accepts(int sign) {
    return switch (this) {
      case EQUAL -> sign == 0;
      case NOT_EQUAL -> sign != 0;
      case LESS -> sign < 0;
      case LESS_OR_EQUAL -> sign <= 0;
      case GREATER -> sign > 0;
      case GREATER_OR_EQUAL -> sign >= 0;
    };
  }
}
