package dev.tegata.cloudformation;

import dev.tegata.yaml.Node;
import dev.tegata.yaml.Node.Mapping;
import dev.tegata.yaml.Node.Place;
import dev.tegata.yaml.Node.ScalarType;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What an expression came to: plain data that still knows its place in the template.
sealed interface Value {
  JsonMapper JSON = JsonMapper.shared();

  /// The numbers of JSON, of a length that every reader takes. What YAML alone calls a number, such
  /// as `0x1F` or an account id with a leading zero, stays the text that it was written as.
  Pattern JSON_NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,30})?([eE][+-]?[0-9]{1,2})?");

  Place place();

  record Text(Place place, ScalarType type, String text) implements Value {}

  record Items(Place place, List<Value> items) implements Value {
    public Items {
      items = List.copyOf(items);
    }
  }

  record Fields(Place place, SequencedMap<String, Field> fields) implements Value {
    public Fields {
      fields = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(fields));
    }
  }

  record Field(Place place, Value value) {}

  /// Not known before a resource is created.
  record Later(Place place) implements Value {}

  /// `AWS::NoValue`: what holds it is left out.
  record Absent(Place place) implements Value {}

  /// Plain data, in which no function stands for a value, and `null` for one that is not there.
  static Fields of(Mapping mapping) {
    SequencedMap<String, Field> fields = new LinkedHashMap<>();
    for (Node.Entry entry : mapping.entries()) {
      if (entry.value() instanceof Node.Scalar scalar && scalar.type() == ScalarType.NULL) {
        continue;
      }
      fields.put(entry.key().text(), new Field(entry.key().place(), of(entry.value())));
    }
    return new Fields(mapping.place(), fields);
  }

  private static Value of(Node node) {
    return switch (node) {
      case Node.Scalar(var place, var _, var type, var text) -> new Text(place, type, text);
      case Node.Sequence(var place, var _, var items) ->
          new Items(place, items.stream().map(Value::of).toList());
      case Mapping mapping -> of(mapping);
    };
  }

  /// Where the part `path` stands, such as `.Statement[0].Effect`, or what of it there is.
  default Place place(String path) {
    return switch (this) {
      case Fields(var place, var fields) ->
          fields.entrySet().stream()
              .filter(
                  field -> (path + ".").replace('[', '.').startsWith("." + field.getKey() + "."))
              .max(Comparator.comparingInt(field -> field.getKey().length()))
              .map(field -> {
                String rest = path.substring(1 + field.getKey().length());
                return rest.isEmpty()
                    ? field.getValue().place()
                    : field.getValue().value().place(rest);
              })
              .orElse(place);
      case Items(var place, var items) -> {
        int end = path.indexOf(']');
        int index = end < 0 ? items.size() : Integer.parseInt(path, 1, end, 10);
        yield index < items.size() ? items.get(index).place(path.substring(end + 1)) : place;
      }
      case Text _, Later _, Absent _ -> place();
    };
  }

  static Value text(Place place, String text) {
    return new Text(place, ScalarType.STRING, text);
  }

  /// The same value, standing where it is used.
  default Value at(Place use) {
    return switch (this) {
      case Text(var _, var type, var text) -> new Text(use, type, text);
      case Items(var _, var items) -> new Items(use, items);
      case Fields(var _, var fields) -> new Fields(use, fields);
      case Later _ -> new Later(use);
      case Absent _ -> new Absent(use);
    };
  }

  default String kind() {
    return switch (this) {
      case Text(var _, var type, var _) ->
          switch (type) {
            case STRING -> "a string";
            case NUMBER -> "a number";
            case BOOLEAN -> "a boolean";
            case NULL -> "nothing";
          };
      case Items _ -> "a list";
      case Fields _ -> "a mapping";
      case Later _ -> "known only once a resource is created";
      case Absent _ -> "nothing";
    };
  }

  default JsonNode json() {
    return switch (this) {
      case Text(var _, var type, var text) -> json(type, text);
      case Items(var _, var items) -> {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        items.forEach(item -> array.add(item.json()));
        yield array;
      }
      case Fields(var _, var fields) -> {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        fields.forEach((name, field) -> object.set(name, field.value().json()));
        yield object;
      }
      case Later _ -> throw new IllegalStateException("a value was used before it was known");
      case Absent _ -> throw new IllegalStateException("an absent value was used");
    };
  }

  private static JsonNode json(ScalarType type, String text) {
    return switch (type) {
      case BOOLEAN -> JsonNodeFactory.instance.booleanNode(Boolean.parseBoolean(text));
      case NUMBER ->
          JSON_NUMBER.matcher(text).matches()
              ? JSON.readTree(text)
              : JsonNodeFactory.instance.stringNode(text);
      case STRING, NULL -> JsonNodeFactory.instance.stringNode(text);
    };
  }
}
