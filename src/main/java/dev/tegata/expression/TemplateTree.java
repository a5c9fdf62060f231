package dev.tegata.expression;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Templates in lists and mappings, such as a matrix.
public sealed interface TemplateTree {
  record Leaf(Template template) implements TemplateTree {}

  record Items(List<TemplateTree> items) implements TemplateTree {
    public Items {
      items = List.copyOf(items);
    }
  }

  record Members(SequencedMap<String, TemplateTree> members) implements TemplateTree {
    public Members {
      members = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(members));
    }
  }

  /// The tree with every template evaluated.
  default Value value(Scope scope) {
    return switch (this) {
      case Leaf(var template) -> template.value(scope);
      case Items(var items) ->
          new Value.Array(items.stream().map(item -> item.value(scope)).toList());
      case Members(var members) -> {
        SequencedMap<String, Value> values = new LinkedHashMap<>();
        members.forEach((name, member) -> values.put(name, member.value(scope)));
        yield new Value.Fields(values, false);
      }
    };
  }
}
