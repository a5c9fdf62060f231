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
import dev.tegata.expression.Token.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads one expression. From loose to tight, the operators bind: `||`, `&&`, equality, order, `!`,
/// then index and call.
public final class Parser {
  /// The longest expression, in characters.
  public static final int MAX_LENGTH = 21_000;

  private static final int MAX_DEPTH = 50;
  private static final Set<Comparison> EQUALITY =
      EnumSet.of(Comparison.EQUAL, Comparison.NOT_EQUAL);
  private static final Set<Comparison> ORDER = EnumSet.complementOf(EnumSet.copyOf(EQUALITY));

  private final List<Token> tokens;
  private final Vocabulary vocabulary;
  private int at;
  private int depth;

  private Parser(List<Token> tokens, Vocabulary vocabulary) {
    this.tokens = tokens;
    this.vocabulary = vocabulary;
  }

  /// Reads `text`, which may use what `vocabulary` allows.
  ///
  /// @throws ExpressionException when it is not one expression, or too long, or too deep
  public static Expression parse(String text, Vocabulary vocabulary) {
    if (text.length() > MAX_LENGTH) {
      throw new ExpressionException(
          "the expression is longer than %d characters".formatted(MAX_LENGTH));
    }
    Parser parser = new Parser(Lexer.tokens(text), vocabulary);
    Expression expression = parser.or();
    if (parser.peek().kind() != Kind.END) {
      throw parser.unexpected("an operator or the end");
    }
    return expression;
  }

  private Expression or() {
    if (++depth > MAX_DEPTH) {
      throw new ExpressionException(
          "the expression is nested more than %d deep".formatted(MAX_DEPTH));
    }
    List<Expression> operands = new ArrayList<>(List.of(and()));
    while (take("||")) {
      operands.add(and());
    }
    depth--;
    return operands.size() == 1 ? operands.getFirst() : new Or(operands);
  }

  private Expression and() {
    List<Expression> operands = new ArrayList<>(List.of(equality()));
    while (take("&&")) {
      operands.add(equality());
    }
    return operands.size() == 1 ? operands.getFirst() : new And(operands);
  }

  private Expression equality() {
    Expression left = order();
    int links = 0;
    for (var next = takeOneOf(EQUALITY); next.isPresent(); next = takeOneOf(EQUALITY)) {
      requireLinks(++links);
      left = new Compare(next.get(), left, order());
    }
    return left;
  }

  private Expression order() {
    Expression left = not();
    int links = 0;
    for (var next = takeOneOf(ORDER); next.isPresent(); next = takeOneOf(ORDER)) {
      requireLinks(++links);
      left = new Compare(next.get(), left, not());
    }
    return left;
  }

  private Expression not() {
    int count = 0;
    while (take("!")) {
      requireLinks(++count);
    }
    Expression operand = indexed();
    for (int i = 0; i < count; i++) {
      operand = new Not(operand);
    }
    return operand;
  }

  private Expression indexed() {
    Expression target = primary();
    int links = 0;
    while (peek().is(".") || peek().is("[")) {
      requireLinks(++links);
      target = take(".") ? property(target) : index(target);
    }
    return target;
  }

  private Expression property(Expression target) {
    if (take("*")) {
      return new Wildcard(target);
    }
    if (peek().kind() != Kind.NAME) {
      throw unexpected("the name of a property or `*`");
    }
    return new Index(target, new Literal(new Value.Text(next().text())));
  }

  private Expression index(Expression target) {
    require("[");
    if (take("*")) {
      require("]");
      return new Wildcard(target);
    }
    Expression index = or();
    require("]");
    return new Index(target, index);
  }

  private Expression primary() {
    if (take("(")) {
      Expression inner = or();
      require(")");
      return inner;
    }
    Token token = peek();
    return switch (token.kind()) {
      case LITERAL -> new Literal(next().value());
      case NAME -> named(next());
      case SYMBOL, END -> throw unexpected("a value");
    };
  }

  private Expression named(Token name) {
    if (!take("(")) {
      return new Context(vocabulary.requireContext(name.text()));
    }
    List<Expression> arguments = new ArrayList<>();
    if (!peek().is(")")) {
      do {
        arguments.add(or());
      } while (take(","));
    }
    require(")");
    return new Call(vocabulary.requireFunction(name.text(), arguments.size()), arguments);
  }

  /// Chains such as `a.b.c` and `a == b == c` nest to the left, so they count as depth too.
  private void requireLinks(int links) {
    if (links > MAX_DEPTH) {
      throw new ExpressionException(
          "the expression is nested more than %d deep".formatted(MAX_DEPTH));
    }
  }

  private Optional<Comparison> takeOneOf(Set<Comparison> comparisons) {
    return comparisons.stream().filter(comparison -> take(comparison.symbol())).findFirst();
  }

  private Token peek() {
    return tokens.get(at);
  }

  private Token next() {
    return tokens.get(at++);
  }

  private boolean take(String symbol) {
    if (!peek().is(symbol)) {
      return false;
    }
    at++;
    return true;
  }

  private void require(String symbol) {
    if (!take(symbol)) {
      throw unexpected("`" + symbol + "`");
    }
  }

  private ExpressionException unexpected(String expected) {
    Token token = peek();
    return new ExpressionException(
        token.kind() == Kind.END
            ? "%s is expected where the expression ends".formatted(expected)
            : "%s is expected at character %d, not `%s`"
                .formatted(expected, token.offset() + 1, token.text()));
  }
}
