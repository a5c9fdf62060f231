package dev.tegata.expression;

import dev.tegata.expression.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/// Cuts an expression into its words.
final class Lexer {
  private static final List<String> SYMBOLS =
      List.of("==", "!=", "<=", ">=", "&&", "||", "!", "<", ">", "(", ")", "[", "]", ",", ".", "*");

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Lexer(String text) {
    this.text = text;
  }

  static List<Token> tokens(String text) {
    return new Lexer(text).read();
  }

  private List<Token> read() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (c == '\'') {
        tokens.add(string());
      } else if (startsNumber(c)) {
        tokens.add(number());
      } else if (isNameStart(c)) {
        tokens.add(name());
      } else {
        tokens.add(symbol());
      }
    }
    tokens.add(new Token(Kind.END, "the end", new Value.Null(), at));
    return tokens;
  }

  private Token string() {
    int start = at++;
    StringBuilder value = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != '\'') {
        value.append(c);
      } else if (at < text.length() && text.charAt(at) == '\'') {
        value.append(c);
        at++;
      } else {
        return new Token(
            Kind.LITERAL, text.substring(start, at), new Value.Text(value.toString()), start);
      }
    }
    throw new ExpressionException(
        "the string that begins at character %d is not closed".formatted(start + 1));
  }

  /// A point begins a number unless something stands before it that it can lead on from.
  private boolean startsNumber(char c) {
    boolean digitNext = at + 1 < text.length() && isDigit(text.charAt(at + 1));
    if (c == '.') {
      return digitNext && !followsOperand();
    }
    return isDigit(c) || c == '+' || c == '-';
  }

  private boolean followsOperand() {
    if (tokens.isEmpty()) {
      return false;
    }
    Token last = tokens.getLast();
    return last.kind() == Kind.NAME || last.is(")") || last.is("]") || last.is("*");
  }

  private Token number() {
    int start = at++;
    while (at < text.length()
        && (isNamePart(text.charAt(at)) || "+.".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    String digits = text.substring(start, at);
    double value = Numbers.parse(digits);
    if (Double.isNaN(value)) {
      throw new ExpressionException(
          "`%s` at character %d is not a number".formatted(digits, start + 1));
    }
    return new Token(Kind.LITERAL, digits, new Value.Num(value), start);
  }

  private Token name() {
    int start = at;
    while (at < text.length() && isNamePart(text.charAt(at))) {
      at++;
    }
    String name = text.substring(start, at);
    boolean property = !tokens.isEmpty() && tokens.getLast().is(".");
    if (property) {
      return new Token(Kind.NAME, name, new Value.Null(), start);
    }
    return switch (name) {
      case "null" -> new Token(Kind.LITERAL, name, new Value.Null(), start);
      case "true", "false" ->
          new Token(Kind.LITERAL, name, new Value.Bool(name.equals("true")), start);
      case "NaN" -> new Token(Kind.LITERAL, name, new Value.Num(Double.NaN), start);
      case "Infinity" ->
          new Token(Kind.LITERAL, name, new Value.Num(Double.POSITIVE_INFINITY), start);
      default -> new Token(Kind.NAME, name, new Value.Null(), start);
    };
  }

  private Token symbol() {
    for (String symbol : SYMBOLS) {
      if (text.startsWith(symbol, at)) {
        Token token = new Token(Kind.SYMBOL, symbol, new Value.Null(), at);
        at += symbol.length();
        return token;
      }
    }
    String hint = text.charAt(at) == '"' ? "; strings stand in single quotes" : "";
    throw new ExpressionException(
        "`%s` at character %d does not belong in an expression%s"
            .formatted(Character.toString(text.codePointAt(at)), at + 1, hint));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNameStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  private static boolean isNamePart(char c) {
    return isNameStart(c) || isDigit(c) || c == '-';
  }
}
