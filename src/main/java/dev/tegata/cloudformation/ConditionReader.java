package dev.tegata.cloudformation;

import dev.tegata.cloudformation.Condition.And;
import dev.tegata.cloudformation.Condition.Equals;
import dev.tegata.cloudformation.Condition.Named;
import dev.tegata.cloudformation.Condition.Not;
import dev.tegata.cloudformation.Condition.Or;
import dev.tegata.yaml.Node;
import dev.tegata.yaml.Node.Entry;
import dev.tegata.yaml.Node.Mapping;
import dev.tegata.yaml.Node.Sequence;
import dev.tegata.yaml.YamlException;
import java.util.List;

/// Reads the conditions of a template.
final class ConditionReader {
  /// Source:
  /// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html>
  private static final int MIN_OPERANDS = 2;

  private static final int MAX_OPERANDS = 10;

  private final Names names;
  private final ExpressionReader expressions;

  ConditionReader(Names names) {
    this.names = names;
    this.expressions = new ExpressionReader(names);
  }

  Condition read(Node node) {
    Call call = call(node);
    return switch (call.function()) {
      case "Condition" -> {
        String name = call.text("the name of a condition");
        names.requireCondition(call.place(), name);
        yield new Named(call.place(), name);
      }
      case "Fn::And" -> new And(operands(call));
      case "Fn::Equals" -> {
        List<Node> items = call.items("a value", "a value");
        yield new Equals(expressions.read(items.get(0)), expressions.read(items.get(1)));
      }
      case "Fn::Not" -> new Not(read(call.items("a condition").getFirst()));
      case "Fn::Or" -> new Or(operands(call));
      default -> throw notACondition(node, "`" + call.function() + "`");
    };
  }

  private List<Condition> operands(Call call) {
    if (!(call.argument() instanceof Sequence list)
        || list.items().size() < MIN_OPERANDS
        || list.items().size() > MAX_OPERANDS) {
      throw call.fault(
          "`%s` takes a list of %d to %d conditions"
              .formatted(call.function(), MIN_OPERANDS, MAX_OPERANDS));
    }
    return list.items().stream().map(this::read).toList();
  }

  private static Call call(Node node) {
    if (node instanceof Mapping mapping
        && node.tag().isEmpty()
        && mapping.entries().size() == 1
        && mapping.entries().getFirst() instanceof Entry(var key, var value)
        && key.text().equals("Condition")) {
      return new Call(key.place(), key.text(), value);
    }
    return Call.in(node).orElseThrow(() -> notACondition(node, node.kind()));
  }

  private static YamlException notACondition(Node node, String found) {
    return new YamlException(
        node.place(),
        "a condition is `Fn::Equals`, `Fn::And`, `Fn::Or`, `Fn::Not` or `Condition`, not " + found);
  }
}
