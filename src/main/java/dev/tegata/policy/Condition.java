package dev.tegata.policy;

import dev.tegata.match.Template;
import dev.tegata.policy.Context.Value;
import dev.tegata.policy.Operator.Comparison;
import dev.tegata.policy.Operator.Quantifier;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One key of a `Condition` element: an operator, a key, and the values of which one must be met,
/// or, under a negated operator, none.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html>
public final class Condition {
  private final Operator operator;
  private final String key;
  private final List<String> values;
  private final String foldedKey;
  private final List<Operand> operands;
  private final boolean variables;

  /// What a comparison comes to. `INVALID` is neither yes nor no: a negated operator does not turn
  /// it around.
  public enum Match {
    YES,
    NO,
    INVALID;

    static Match of(boolean yes) {
      return yes ? YES : NO;
    }
  }

  private Condition(Operator operator, String key, List<String> values, boolean variables) {
    this.operator = operator;
    this.key = key;
    this.values = List.copyOf(values);
    this.foldedKey = Context.fold(key);
    this.variables = variables;
    this.operands =
        values.stream()
            .map(value -> Operand.prepare(operator.comparison(), value, variables))
            .toList();
  }

  /// Prepares a condition; `variables` tells whether the policy's version has them.
  static Condition of(Operator operator, String key, List<String> values, boolean variables) {
    return new Condition(operator, key, values, variables);
  }

  public Operator operator() {
    return operator;
  }

  /// The key as the policy writes it.
  public String key() {
    return key;
  }

  /// The values as the policy writes them.
  public List<String> values() {
    return values;
  }

  /// The keys that it reads, as they are written: its own and those of variables in its values.
  Stream<String> contextKeys() {
    boolean expands =
        switch (operator.comparison().type()) {
          case STRING, ARN, BOOL -> variables;
          case NUMERIC, DATE, BINARY, IP, NULL -> false;
        };
    return Stream.concat(
        Stream.of(key),
        expands
            ? values.stream().flatMap(value -> Template.parse(value).keys().stream())
            : Stream.empty());
  }

  /// Whether `context` meets the condition.
  public boolean holds(Context context) {
    Value value = context.find(foldedKey);
    if (operator.comparison() == Comparison.NULL) {
      return holdsNull(value);
    }
    return switch (value) {
      case null -> operator.holdsWhenAbsent();
      case Value.Single(var text) -> admits(text, context);
      case Value.Multi(var texts) -> holdsForMany(texts, context);
    };
  }

  private boolean holdsNull(@Nullable Value value) {
    boolean absent = value == null;
    for (Operand operand : operands) {
      if (operand instanceof Operand.Truth(var truth) && truth == absent) {
        return true;
      }
    }
    return false;
  }

  private boolean holdsForMany(List<String> texts, Context context) {
    Quantifier quantifier = operator.quantifier();
    if (quantifier == Quantifier.NONE) {
      return false;
    }
    boolean any = quantifier == Quantifier.ANY;
    for (String text : texts) {
      if (admits(text, context) == any) {
        return any;
      }
    }
    return !any;
  }

  /// How `text`, one value of the key, compares with each value of the policy in their order, the
  /// operator's negation left aside.
  public List<Match> compare(String text, Context context) {
    return operands.stream().map(operand -> operand.compare(text, context)).toList();
  }

  /// Whether `${…}` in a value is a variable.
  public boolean hasVariables() {
    return variables;
  }

  /// Whether the value at `index` is one that the operator cannot compare with.
  public boolean isMalformed(int index) {
    return operands.get(index) instanceof Operand.Malformed;
  }

  /// Whether `text`, one value of the key, passes.
  public boolean admits(String text, Context context) {
    boolean negated = operator.comparison().isNegated();
    for (Operand operand : operands) {
      Match match = operand.compare(text, context);
      if (match == Match.YES) {
        return !negated;
      }
      if (match == Match.INVALID && negated) {
        return false;
      }
    }
    return negated;
  }

  @Override
  public String toString() {
    return operator + " " + key + " " + values;
  }
}
