package dev.tegata.cloudformation;

import dev.tegata.yaml.Node.Place;
import java.util.List;

/// What decides whether a resource or an output exists, or which of two values is taken.
///
/// Source:
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html>
sealed interface Condition {
  record Equals(Expression left, Expression right) implements Condition {}

  record And(List<Condition> conditions) implements Condition {
    public And {
      conditions = List.copyOf(conditions);
    }
  }

  record Or(List<Condition> conditions) implements Condition {
    public Or {
      conditions = List.copyOf(conditions);
    }
  }

  record Not(Condition condition) implements Condition {}

  /// Another condition of the template.
  record Named(Place place, String name) implements Condition {}
}
