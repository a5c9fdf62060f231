package dev.tegata.expression;

import dev.tegata.expression.Value.Array;
import dev.tegata.expression.Value.Bool;
import dev.tegata.expression.Value.Text;
import java.util.List;

/// What the functions do. One instance serves one evaluation, whose texts together are bounded.
final class Calls {
  private static final int MAX_CHARACTERS = 10 << 20;

  private final Scope scope;
  private int characters;

  Calls(Scope scope) {
    this.scope = scope;
  }

  Value call(Function function, List<Value> arguments) {
    return switch (function) {
      case CONTAINS -> new Bool(contains(arguments.get(0), arguments.get(1)));
      case STARTS_WITH -> new Bool(startsWith(arguments.get(0), arguments.get(1)));
      case ENDS_WITH -> new Bool(endsWith(arguments.get(0), arguments.get(1)));
      case FORMAT -> format(arguments);
      case JOIN -> join(arguments);
      case TO_JSON -> bounded(Json.write(arguments.getFirst()));
      case FROM_JSON -> Json.read(arguments.getFirst().text());
      case HASH_FILES -> new Text(scope.hashFiles(texts(arguments)));
      case ALWAYS -> new Bool(true);
      case SUCCESS -> new Bool(scope.success(texts(arguments)));
      case FAILURE -> new Bool(scope.failure(texts(arguments)));
      case CANCELLED -> new Bool(scope.cancelled());
      case CASE -> throw new IllegalStateException("`case` is evaluated where its arguments are");
    };
  }

  private static boolean contains(Value search, Value item) {
    if (search instanceof Array(var items, var _)) {
      return items.stream().anyMatch(each -> Comparison.areEqual(each, item));
    }
    return search.isPrimitive() && item.isPrimitive() && folded(search).contains(folded(item));
  }

  private static boolean startsWith(Value text, Value start) {
    return text.isPrimitive() && start.isPrimitive() && folded(text).startsWith(folded(start));
  }

  private static boolean endsWith(Value text, Value end) {
    return text.isPrimitive() && end.isPrimitive() && folded(text).endsWith(folded(end));
  }

  /// Folds case letter by letter, so that a text keeps its length.
  private static String folded(Value value) {
    StringBuilder folded = new StringBuilder(value.text());
    for (int i = 0; i < folded.length(); i++) {
      folded.setCharAt(i, Character.toUpperCase(folded.charAt(i)));
    }
    return folded.toString();
  }

  private static List<String> texts(List<Value> values) {
    return values.stream().map(Value::text).toList();
  }

  private Value join(List<Value> arguments) {
    String separator = arguments.size() > 1 ? arguments.get(1).text() : ",";
    return switch (arguments.getFirst()) {
      case Array(var items, var _) -> {
        StringBuilder joined = new StringBuilder();
        for (int i = 0; i < items.size(); i++) {
          append(joined, i == 0 ? "" : separator);
          append(joined, items.get(i).text());
        }
        yield new Text(joined.toString());
      }
      case Value.Fields _ -> new Value.Text("");
      case Value.Null _, Bool _, Value.Num _, Text _ -> bounded(arguments.getFirst().text());
    };
  }

  private Value format(List<Value> arguments) {
    String format = arguments.getFirst().text();
    StringBuilder text = new StringBuilder();
    int i = 0;
    while (i < format.length()) {
      char c = format.charAt(i);
      if (c != '{' && c != '}') {
        int end = i;
        while (end < format.length() && format.charAt(end) != '{' && format.charAt(end) != '}') {
          end++;
        }
        append(text, format.substring(i, end));
        i = end;
      } else if (i + 1 < format.length() && format.charAt(i + 1) == c) {
        append(text, Character.toString(c));
        i += 2;
      } else {
        int end = c == '{' ? format.indexOf('}', i) : -1;
        append(text, argument(format, end < 0 ? "" : format.substring(i + 1, end), arguments));
        i = end + 1;
      }
    }
    return new Text(text.toString());
  }

  private static String argument(String format, String number, List<Value> arguments) {
    boolean isNumber =
        !number.isEmpty()
            && number.length() < 4
            && number.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!isNumber) {
      throw new ExpressionException(
          "`format` understands `{0}`, `{1}` and so on, `{{` and `}}`; not `%s`".formatted(format));
    }
    int index = Integer.parseInt(number) + 1;
    if (index >= arguments.size()) {
      throw new ExpressionException(
          "`format` has no argument for `{%s}` of `%s`".formatted(number, format));
    }
    return arguments.get(index).text();
  }

  private void append(StringBuilder builder, String text) {
    spend(text.length());
    builder.append(text);
  }

  private Value bounded(String text) {
    spend(text.length());
    return new Text(text);
  }

  private void spend(int length) {
    characters += length;
    if (characters > MAX_CHARACTERS) {
      throw new ExpressionException(
          "the expression makes more than %d characters of text".formatted(MAX_CHARACTERS));
    }
  }
}
