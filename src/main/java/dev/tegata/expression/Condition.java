package dev.tegata.expression;

import dev.tegata.expression.Expression.And;
import dev.tegata.expression.Expression.Call;
import java.util.List;

/// An `if`. One that asks for no status holds only when all went well before.
///
/// Source:
/// <https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#status-check-functions>
public record Condition(Expression expression) {
  private static final Expression SUCCESS = new Call(Function.SUCCESS, List.of());

  /// The condition of what has no `if`.
  public static final Condition WHEN_ALL_WENT_WELL = new Condition(SUCCESS);

  /// Reads `text`: an expression, with or without `${{ }}` around it.
  ///
  /// As on GitHub, a text of which only a part stands in `${{ }}` is no expression but a text, and
  /// so is true.
  ///
  /// @throws ExpressionException when it cannot be read
  public static Condition parse(String text, Vocabulary vocabulary) {
    if (text.isBlank()) {
      return WHEN_ALL_WENT_WELL;
    }
    Expression expression =
        text.contains("${{")
            ? Template.parse(text, vocabulary).expression()
            : Parser.parse(text, vocabulary);
    return new Condition(
        expression.asksStatus() ? expression : new And(List.of(SUCCESS, expression)));
  }

  public boolean holds(Scope scope) {
    return Evaluation.of(expression, scope).isTruthy();
  }
}
