package dev.tegata.policy;

import dev.tegata.policy.Context.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// A statement's action, resource and conditions, read straight from its JSON and the guide: with
/// regular expressions for patterns and `BigDecimal` for numbers, and nothing prepared. What the
/// real ones are compared with; dates, networks and ARN operators are left to the vectors.
final class PlainStatement {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)\\}");
  private static final Pattern WITH_DEFAULT = Pattern.compile("(.*?)\\s*,\\s*'(.*)'");

  private final JsonNode json;
  private final boolean variables;
  private final Request request;

  PlainStatement(JsonNode json, boolean variables, Request request) {
    this.json = json;
    this.variables = variables;
    this.request = request;
  }

  boolean concerns() {
    return element("Action", this::isAction)
        && element("Resource", this::isResource)
        && conditions();
  }

  private interface Test {
    boolean passes(String text);
  }

  private boolean element(String name, Test test) {
    if (json.has("Not" + name)) {
      return texts(json.get("Not" + name)).noneMatch(test::passes);
    }
    return !json.has(name) || texts(json.get(name)).anyMatch(test::passes);
  }

  private static Stream<String> texts(JsonNode node) {
    return node.isArray() ? node.valueStream().map(JsonNode::asString) : Stream.of(node.asString());
  }

  private boolean isAction(String pattern) {
    return fits(lower(pattern), false, lower(request.action()));
  }

  private boolean isResource(String pattern) {
    String[] wanted = pattern.equals("*") ? new String[0] : pattern.split(":", 6);
    String[] found = request.resource().toString().split(":", 6);
    return IntStream.range(0, 6)
        .allMatch(i -> i >= wanted.length || fits(wanted[i], variables && i == 5, found[i]));
  }

  private boolean conditions() {
    return !json.has("Condition")
        || json.get("Condition").properties().stream()
            .allMatch(block ->
                block.getValue().properties().stream()
                    .allMatch(key ->
                        condition(block.getKey(), key.getKey(), texts(key.getValue()).toList())));
  }

  private boolean condition(String name, String key, List<String> values) {
    boolean any = name.startsWith("ForAnyValue:");
    boolean all = name.startsWith("ForAllValues:");
    boolean ifExists = name.endsWith("IfExists");
    String operator = name.replaceFirst("^For\\w+:", "").replaceFirst("IfExists$", "");
    boolean negated = operator.contains("Not");
    Value value = request.context().get(key).orElse(null);
    if (operator.equals("Null")) {
      return values.contains(value == null ? "true" : "false");
    }
    return switch (value) {
      case null -> ifExists || all || (negated && !any);
      case Value.Single(var text) -> passes(operator, values, text);
      case Value.Multi(var texts) ->
          any
              ? texts.stream().anyMatch(text -> passes(operator, values, text))
              : all && texts.stream().allMatch(text -> passes(operator, values, text));
    };
  }

  private boolean passes(String operator, List<String> values, String found) {
    boolean malformed =
        operator.startsWith("Numeric") && values.stream().anyMatch(v -> number(v).isEmpty());
    boolean met = values.stream().anyMatch(value -> meets(operator, value, found));
    return operator.contains("Not") ? !met && !malformed : met;
  }

  /// Whether `found` meets `value` in the sense of the operator without its negation.
  private boolean meets(String operator, String value, String found) {
    return switch (operator.replace("Not", "")) {
      case "StringEquals" -> expanded(value).filter(found::equals).isPresent();
      case "StringEqualsIgnoreCase" ->
          expanded(value).filter(text -> lower(text).equals(lower(found))).isPresent();
      case "StringLike" -> fits(value, variables, found);
      case "Bool" -> expanded(value).filter(text -> isTruth(text, found)).isPresent();
      case "NumericEquals" -> compares(found, value, order -> order == 0);
      case "NumericLessThan" -> compares(found, value, order -> order < 0);
      case "NumericGreaterThanEquals" -> compares(found, value, order -> order >= 0);
      default -> throw new IllegalArgumentException("no operator `" + operator + "`");
    };
  }

  private static boolean isTruth(String text, String found) {
    boolean truth = found.equalsIgnoreCase("true");
    return truth ? text.equalsIgnoreCase("true") : text.equalsIgnoreCase("false");
  }

  private static boolean compares(
      String found, String value, java.util.function.IntPredicate order) {
    return number(found)
        .flatMap(one -> number(value).map(other -> order.test(one.compareTo(other))))
        .orElse(false);
  }

  private static Optional<BigDecimal> number(String text) {
    return text.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)")
        ? Optional.of(new BigDecimal(text))
        : Optional.empty();
  }

  private Optional<String> expanded(String text) {
    if (!variables) {
      return Optional.of(text);
    }
    List<Optional<String>> parts = new ArrayList<>();
    int from = 0;
    Matcher matcher = VARIABLE.matcher(text);
    while (matcher.find()) {
      parts.add(Optional.of(text.substring(from, matcher.start())));
      parts.add(value(matcher.toMatchResult()));
      from = matcher.end();
    }
    parts.add(Optional.of(text.substring(from)));
    return parts.stream()
        .reduce(Optional.of(""), (one, two) -> one.flatMap(a -> two.map(b -> a + b)));
  }

  private Optional<String> value(MatchResult variable) {
    String inside = variable.group(1);
    if (inside.length() == 1 && "*?$".contains(inside)) {
      return Optional.of(inside);
    }
    Matcher withDefault = WITH_DEFAULT.matcher(inside);
    boolean defaults = withDefault.matches();
    Optional<Value> found = request.context().get(defaults ? withDefault.group(1) : inside);
    return found.isPresent() && found.get() instanceof Value.Single(var text)
        ? Optional.of(text)
        : defaults ? Optional.of(withDefault.group(2)) : Optional.empty();
  }

  /// Whether `found` fits `pattern`, in which variables are text and `*` and `?` are not.
  private boolean fits(String pattern, boolean expand, String found) {
    StringBuilder regex = new StringBuilder();
    Matcher matcher = VARIABLE.matcher(pattern);
    int from = 0;
    while (expand && matcher.find()) {
      Optional<String> value = value(matcher.toMatchResult());
      if (value.isEmpty()) {
        return false;
      }
      regex.append(wildcards(pattern.substring(from, matcher.start())));
      regex.append(Pattern.quote(value.get()));
      from = matcher.end();
    }
    regex.append(wildcards(pattern.substring(from)));
    return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(found).matches();
  }

  private static String wildcards(String text) {
    Map<Character, String> meanings = Map.of('*', ".*", '?', ".");
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      regex.append(meanings.getOrDefault(c, Pattern.quote(String.valueOf(c))));
    }
    return regex.toString();
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
