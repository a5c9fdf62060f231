package dev.tegata.yaml;

import java.util.List;
import java.util.Optional;

/// A node of a document, with its place and its local tag.
///
/// `tag` is a local tag such as `!Sub`, and empty for a node that has none.
public sealed interface Node {
  Place place();

  String tag();

  /// A line and a column, counted from 1.
  record Place(int line, int column) {
    @Override
    public String toString() {
      return line + ":" + column;
    }
  }

  /// What a plain scalar stands for under YAML's core schema; a quoted one is always a string.
  enum ScalarType {
    STRING,
    NUMBER,
    BOOLEAN,
    NULL
  }

  /// A scalar and the text it was written with.
  record Scalar(Place place, String tag, ScalarType type, String text) implements Node {}

  record Sequence(Place place, String tag, List<Node> items) implements Node {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /// A mapping in its order; no key occurs twice.
  record Mapping(Place place, String tag, List<Entry> entries) implements Node {
    public Mapping {
      entries = List.copyOf(entries);
    }

    /// The value of `key`.
    public Optional<Node> get(String key) {
      return entries.stream()
          .filter(entry -> entry.key().text().equals(key))
          .map(Entry::value)
          .findFirst();
    }
  }

  record Entry(Scalar key, Node value) {}

  /// What a reader calls this node in a message: `a string`, `a list`, `a mapping`.
  default String kind() {
    return switch (this) {
      case Scalar scalar ->
          switch (scalar.type()) {
            case STRING -> "a string";
            case NUMBER -> "a number";
            case BOOLEAN -> "a boolean";
            case NULL -> "nothing";
          };
      case Sequence _ -> "a list";
      case Mapping _ -> "a mapping";
    };
  }
}
