package dev.tegata.expression;

import dev.tegata.expression.Expression.Call;
import dev.tegata.expression.Expression.Literal;
import dev.tegata.expression.Value.Array;
import dev.tegata.expression.Value.Fields;
import dev.tegata.expression.Value.Text;
import java.util.ArrayList;
import java.util.List;

/// A value of a workflow file: a plain one, or a text with `${{ expressions }}` in it.
///
/// A text that is one expression and nothing else keeps the kind of its value; any other becomes a
/// text. `source` is how it stands in the file.
public record Template(Expression expression, String source) {
  private static final String OPEN = "${{";
  private static final int MAX_SHOWN = 200;

  public Template(Value value) {
    this(new Literal(value), value.text());
  }

  /// Reads `text`, whose expressions may use what `vocabulary` allows.
  ///
  /// @throws ExpressionException when an expression in it cannot be read
  public static Template parse(String text, Vocabulary vocabulary) {
    StringBuilder format = new StringBuilder();
    List<Expression> expressions = new ArrayList<>();
    int at = 0;
    for (int open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, at)) {
      int close = close(text, open + OPEN.length());
      String inner = text.substring(open + OPEN.length(), close);
      format.append(escape(text.substring(at, open)));
      format.append('{').append(expressions.size()).append('}');
      expressions.add(parseInner(inner.strip(), vocabulary));
      at = close + 2;
    }
    if (expressions.isEmpty()) {
      return new Template(new Literal(new Text(text)), text);
    }
    format.append(escape(text.substring(at)));
    if (expressions.size() == 1 && format.toString().strip().equals("{0}")) {
      return new Template(expressions.getFirst(), text);
    }
    List<Expression> arguments = new ArrayList<>(expressions);
    arguments.addFirst(new Literal(new Text(format.toString())));
    return new Template(new Call(Function.FORMAT, arguments), text);
  }

  private static Expression parseInner(String inner, Vocabulary vocabulary) {
    try {
      return Parser.parse(inner, vocabulary);
    } catch (ExpressionException e) {
      String shown = inner.length() > MAX_SHOWN ? inner.substring(0, MAX_SHOWN) + "…" : inner;
      throw new ExpressionException("in `${{ %s }}`: %s".formatted(shown, e.getMessage()));
    }
  }

  /// Where the expression that begins at `start` is closed; braces in its strings do not count.
  private static int close(String text, int start) {
    boolean inString = false;
    for (int i = start; i + 1 < text.length(); i++) {
      if (text.charAt(i) == '\'') {
        inString = !inString;
      } else if (!inString && text.startsWith("}}", i)) {
        return i;
      }
    }
    throw new ExpressionException("a `${{` is not closed by `}}`");
  }

  private static String escape(String text) {
    return text.replace("{", "{{").replace("}", "}}");
  }

  /// The value, of whatever kind.
  public Value value(Scope scope) {
    return Evaluation.of(expression, scope);
  }

  /// The value as a text.
  ///
  /// @throws ExpressionException when it is an array or an object
  public String text(Scope scope) {
    return switch (value(scope)) {
      case Array _ ->
          throw new ExpressionException(
              "`%s` gives an array where a text is expected; `toJSON` makes one of it"
                  .formatted(source));
      case Fields _ ->
          throw new ExpressionException(
              "`%s` gives an object where a text is expected; `toJSON` makes one of it"
                  .formatted(source));
      case Value.Null value -> value.text();
      case Value.Bool value -> value.text();
      case Value.Num value -> value.text();
      case Text value -> value.text();
    };
  }

  /// Whether there is nothing to evaluate in it.
  public boolean isPlain() {
    return expression instanceof Literal;
  }
}
