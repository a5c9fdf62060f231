package dev.tegata.expression;

/// An expression that cannot be read, or that cannot be evaluated on the values it meets.
public final class ExpressionException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  public ExpressionException(String message) {
    super(message);
  }
}
