package dev.tegata.workflow;

import dev.tegata.expression.Nearest;
import dev.tegata.yaml.Node;
import dev.tegata.yaml.Node.Entry;
import dev.tegata.yaml.Node.Mapping;
import dev.tegata.yaml.Node.Scalar;
import dev.tegata.yaml.YamlException;
import java.util.List;
import java.util.Optional;

/// A mapping of which every key is known. `name` is what messages call it, such as `a step`.
record Section(String name, Mapping mapping) {

  /// Reads `node` as a mapping with no other keys than `known`.
  static Section read(Node node, String name, List<String> known) {
    Mapping mapping = Scalars.mapping(node, name);
    for (Entry entry : mapping.entries()) {
      String key = entry.key().text();
      if (!known.contains(key)) {
        throw new YamlException(
            entry.key().place(),
            "`%s` is not a key of %s: %s".formatted(key, name, Nearest.offer(key, known)));
      }
    }
    return new Section(name, mapping);
  }

  /// The value of `key`; one that is left empty counts as not there.
  Optional<Node> get(String key) {
    return mapping
        .get(key)
        .filter(node -> !(node instanceof Scalar scalar && scalar.type() == Node.ScalarType.NULL));
  }

  Node require(String key) {
    return get(key)
        .orElseThrow(
            () -> new YamlException(mapping.place(), "%s needs `%s`".formatted(name, key)));
  }

  boolean has(String key) {
    return mapping.get(key).isPresent();
  }

  /// Refuses `key`, which is right on GitHub and which Tegata cannot run.
  void refuse(String key, String what, String instead) {
    for (Entry entry : mapping.entries()) {
      if (entry.key().text().equals(key)) {
        throw new YamlException(
            entry.key().place(), "Tegata does not run %s yet: %s".formatted(what, instead));
      }
    }
  }
}
