package dev.tegata.expression;

/// A word of an expression; `offset` counts its characters from 0.
record Token(Kind kind, String text, Value value, int offset) {
  enum Kind {
    LITERAL,
    NAME,
    SYMBOL,
    END
  }

  boolean is(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }
}
