package dev.tegata.expression;

import java.util.List;

/// An expression that has been read.
public sealed interface Expression {
  record Literal(Value value) implements Expression {}

  /// A context by its lower-case name.
  record Context(String name) implements Expression {}

  /// `target.name` and `target[index]`.
  record Index(Expression target, Expression index) implements Expression {}

  /// `target.*` and `target[*]`.
  record Wildcard(Expression target) implements Expression {}

  record Call(Function function, List<Expression> arguments) implements Expression {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  record Not(Expression operand) implements Expression {}

  record Compare(Comparison comparison, Expression left, Expression right) implements Expression {}

  record And(List<Expression> operands) implements Expression {
    public And {
      operands = List.copyOf(operands);
    }
  }

  record Or(List<Expression> operands) implements Expression {
    public Or {
      operands = List.copyOf(operands);
    }
  }

  /// The expressions directly inside this one.
  default List<Expression> parts() {
    return switch (this) {
      case Literal _, Context _ -> List.of();
      case Index(var target, var index) -> List.of(target, index);
      case Wildcard(var target) -> List.of(target);
      case Call(var _, var arguments) -> arguments;
      case Not(var operand) -> List.of(operand);
      case Compare(var _, var left, var right) -> List.of(left, right);
      case And(var operands) -> operands;
      case Or(var operands) -> operands;
    };
  }

  /// Whether a status function occurs anywhere in this.
  default boolean asksStatus() {
    return (this instanceof Call(var function, var _) && function.isStatus())
        || parts().stream().anyMatch(Expression::asksStatus);
  }
}
