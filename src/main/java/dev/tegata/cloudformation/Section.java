package dev.tegata.cloudformation;

import dev.tegata.yaml.Node;
import dev.tegata.yaml.Node.Entry;
import dev.tegata.yaml.Node.Mapping;
import dev.tegata.yaml.Node.Place;
import dev.tegata.yaml.Node.Scalar;
import dev.tegata.yaml.Node.ScalarType;
import dev.tegata.yaml.Node.Sequence;
import dev.tegata.yaml.YamlException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A mapping of the template itself, whose keys are known and in which no function stands.
///
/// `subject` says in messages what it is: `` resource `Deploy` ``.
record Section(String subject, Mapping mapping) {

  static Section of(String subject, Node node) {
    if (node instanceof Mapping mapping && node.tag().isEmpty()) {
      return new Section(subject, mapping);
    }
    throw new YamlException(node.place(), subject + " is a mapping, not " + found(node));
  }

  void requireOnly(Set<String> known) {
    for (Entry entry : mapping.entries()) {
      String key = entry.key().text();
      if (!known.contains(key)) {
        throw new YamlException(
            entry.key().place(),
            "%s has no `%s`%s".formatted(subject, key, Spelling.suggestion(key, known)));
      }
    }
  }

  Place place() {
    return mapping.place();
  }

  Optional<Node> get(String key) {
    return mapping.get(key);
  }

  /// The entries of the mapping under `key`, or none.
  List<Entry> entries(String key) {
    return get(key).map(node -> of("`" + key + "`", node).mapping().entries()).orElse(List.of());
  }

  Optional<Scalar> scalar(String key) {
    return get(key).map(node -> scalar("`" + key + "` of " + subject, node));
  }

  /// The strings under `key`, where a list may be meant or one string.
  List<Scalar> scalars(String key) {
    String each = "`" + key + "` of " + subject;
    return get(key)
        .map(node -> node instanceof Sequence list ? list.items() : List.of(node))
        .orElse(List.of())
        .stream()
        .map(node -> scalar(each, node))
        .toList();
  }

  private static Scalar scalar(String subject, Node node) {
    if (node instanceof Scalar scalar
        && scalar.tag().isEmpty()
        && scalar.type() != ScalarType.NULL) {
      return scalar;
    }
    throw new YamlException(node.place(), subject + " is a string, not " + found(node));
  }

  private static String found(Node node) {
    return node.tag().isEmpty() ? node.kind() : "`" + node.tag() + "`";
  }
}
