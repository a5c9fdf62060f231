package dev.tegata.explain;

import dev.tegata.match.Decimal;
import dev.tegata.match.Template;
import dev.tegata.match.Timestamp;
import dev.tegata.policy.Condition;
import dev.tegata.policy.Condition.Match;
import dev.tegata.policy.Context;
import dev.tegata.policy.Context.Value;
import dev.tegata.policy.Operator;
import dev.tegata.policy.Operator.Comparison;
import dev.tegata.policy.Operator.Quantifier;
import java.util.List;
import java.util.Optional;

/// Says in a sentence what a condition found in a request.
final class ConditionReason {
  private static final String ABSENT = "the request has no such key";
  private static final String TRUE_OF_NONE = ", and ForAllValues is true of no values";

  private final Condition condition;
  private final Context context;

  private ConditionReason(Condition condition, Context context) {
    this.condition = condition;
    this.context = context;
  }

  static String of(Condition condition, Context context) {
    return new ConditionReason(condition, context).reason();
  }

  private String reason() {
    Optional<Value> value = context.get(condition.key());
    Operator operator = condition.operator();
    if (operator.comparison() == Comparison.NULL) {
      return value.isPresent() ? "the request has the key" : ABSENT;
    }
    if (value.isEmpty()) {
      return ABSENT + withoutKey(operator);
    }
    return switch (value.get()) {
      case Value.Single(var text) -> one(text);
      case Value.Multi(var texts) -> many(texts, operator.quantifier());
    };
  }

  private static String withoutKey(Operator operator) {
    if (operator.ifExists()) {
      return ", and IfExists does without one";
    }
    return switch (operator.quantifier()) {
      case ALL -> TRUE_OF_NONE;
      case NONE ->
          operator.comparison().isNegated() ? ", and a negated operator holds without one" : "";
      case ANY -> "";
    };
  }

  private String many(List<String> texts, Quantifier quantifier) {
    if (quantifier == Quantifier.NONE) {
      return "the key is multivalued, and the operator takes one value";
    }
    boolean any = quantifier == Quantifier.ANY;
    if (texts.isEmpty()) {
      return "the key has no values" + (any ? "" : TRUE_OF_NONE);
    }
    return texts.stream()
        .filter(text -> condition.admits(text, context) == any)
        .findFirst()
        .map(this::one)
        .orElseGet(() -> (any ? "none of " : "each of ") + Trace.list(texts) + " passes");
  }

  private String one(String text) {
    List<Match> matches = condition.compare(text, context);
    int yes = matches.indexOf(Match.YES);
    if (yes >= 0) {
      return "`%s` matches `%s`".formatted(text, condition.values().get(yes));
    }
    for (int i = 0; i < matches.size(); i++) {
      if (condition.isMalformed(i)) {
        return "`" + condition.values().get(i) + "` in the policy is no " + type();
      }
    }
    if (isForeign(text) || matches.contains(Match.INVALID)) {
      return "`" + text + "` is no " + type();
    }
    if (matches.isEmpty()) {
      return "`" + text + "` is not listed: the policy lists no values";
    }
    return "`%s` does not match %s%s%s"
        .formatted(
            text,
            matches.size() == 1 ? "" : "any of ",
            Trace.list(condition.values()),
            unresolved());
  }

  /// Whether the request's value is none that the operator can compare.
  private boolean isForeign(String text) {
    String name = condition.operator().comparison().toString();
    return (name.startsWith("Numeric") && Decimal.parse(text).isEmpty())
        || (name.startsWith("Date") && Timestamp.parse(text).isEmpty());
  }

  private String unresolved() {
    if (!condition.hasVariables()) {
      return "";
    }
    return condition.values().stream()
        .filter(value -> !Template.parse(value).isResolved(context))
        .findFirst()
        .map(value -> ", where a variable has no value")
        .orElse("");
  }

  private String type() {
    String name = condition.operator().comparison().toString();
    if (name.startsWith("Numeric")) {
      return "number";
    }
    if (name.startsWith("Date")) {
      return "date";
    }
    if (name.startsWith("Arn")) {
      return "ARN";
    }
    if (name.startsWith("Binary")) {
      return "base64";
    }
    return name.equals("Bool") || name.equals("Null") ? "boolean" : "IP address";
  }
}
