package dev.tegata.expression;

import dev.tegata.expression.Expression.And;
import dev.tegata.expression.Expression.Call;
import dev.tegata.expression.Expression.Compare;
import dev.tegata.expression.Expression.Context;
import dev.tegata.expression.Expression.Index;
import dev.tegata.expression.Expression.Literal;
import dev.tegata.expression.Expression.Not;
import dev.tegata.expression.Expression.Or;
import dev.tegata.expression.Expression.Wildcard;
import dev.tegata.expression.Value.Array;
import dev.tegata.expression.Value.Bool;
import dev.tegata.expression.Value.Fields;
import java.util.ArrayList;
import java.util.List;

/// Evaluates one expression. `&&` and `||` give the operand that decided, and ask no further.
final class Evaluation {
  private final Scope scope;
  private final Calls calls;

  private Evaluation(Scope scope) {
    this.scope = scope;
    this.calls = new Calls(scope);
  }

  static Value of(Expression expression, Scope scope) {
    return new Evaluation(scope).evaluate(expression);
  }

  private Value evaluate(Expression expression) {
    return switch (expression) {
      case Literal(var value) -> value;
      case Context(var name) -> scope.context(name);
      case Index(var target, var index) -> index(evaluate(target), evaluate(index));
      case Wildcard(var target) -> new Array(members(evaluate(target)), true);
      case Call(var function, var arguments) when function == Function.CASE -> choose(arguments);
      case Call(var function, var arguments) ->
          calls.call(function, arguments.stream().map(this::evaluate).toList());
      case Not(var operand) -> new Bool(!evaluate(operand).isTruthy());
      case Compare(var comparison, var left, var right) ->
          new Bool(comparison.test(evaluate(left), evaluate(right)));
      case And(var operands) -> firstThatIs(false, operands);
      case Or(var operands) -> firstThatIs(true, operands);
    };
  }

  private Value firstThatIs(boolean truthy, List<Expression> operands) {
    for (Expression operand : operands.subList(0, operands.size() - 1)) {
      Value value = evaluate(operand);
      if (value.isTruthy() == truthy) {
        return value;
      }
    }
    return evaluate(operands.getLast());
  }

  private Value choose(List<Expression> arguments) {
    for (int i = 0; i + 1 < arguments.size(); i += 2) {
      if (!(evaluate(arguments.get(i)) instanceof Bool(boolean holds))) {
        throw new ExpressionException(
            "condition %d of `case` is not a boolean".formatted(i / 2 + 1));
      }
      if (holds) {
        return evaluate(arguments.get(i + 1));
      }
    }
    return evaluate(arguments.getLast());
  }

  private static Value index(Value target, Value index) {
    if (!(target instanceof Array(var items, var filtered) && filtered)) {
      return member(target, index);
    }
    List<Value> found = new ArrayList<>();
    for (Value item : items) {
      Value member = member(item, index);
      if (!(member instanceof Value.Null)) {
        found.add(member);
      }
    }
    return new Array(found, true);
  }

  private static Value member(Value target, Value index) {
    if (target instanceof Fields fields && index.isPrimitive()) {
      return fields.get(index.text());
    }
    if (target instanceof Array(var items, var _)) {
      double position = Math.floor(index.number());
      return position >= 0 && position < items.size()
          ? items.get((int) position)
          : new Value.Null();
    }
    return new Value.Null();
  }

  private static List<Value> members(Value target) {
    if (target instanceof Fields(var members, var _)) {
      return List.copyOf(members.values());
    }
    if (!(target instanceof Array(var items, var filtered))) {
      return List.of();
    }
    return filtered ? items.stream().flatMap(item -> members(item).stream()).toList() : items;
  }
}
