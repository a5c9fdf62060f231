package dev.tegata.cloudformation;

import dev.tegata.cloudformation.Value.Field;
import dev.tegata.cloudformation.Value.Fields;
import dev.tegata.cloudformation.Value.Items;
import dev.tegata.cloudformation.Value.Text;
import dev.tegata.http.PercentEncoding;
import dev.tegata.yaml.Node.Mapping;
import dev.tegata.yaml.Node.Place;
import dev.tegata.yaml.YamlException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The properties of a resource, or of a mapping within one, as the type of the resource wants
/// them.
///
/// As in CloudFormation, a number or a boolean is taken where a string is wanted, and a string that
/// is one where a number or a boolean is wanted. Every fault has the place of its property.
public final class Properties {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final String path; // what leads here from the properties of the resource
  private final Fields fields;

  Properties(String path, Fields fields) {
    this.path = path;
    this.fields = fields;
  }

  /// The members of `document`, such as an object of JSON.
  public static Properties of(Mapping document) {
    return new Properties("", Value.of(document));
  }

  public Place place() {
    return fields.place();
  }

  public SequencedSet<String> names() {
    return fields.fields().sequencedKeySet();
  }

  public boolean has(String name) {
    return fields.fields().containsKey(name);
  }

  /// Refuses any property that is not `known`.
  public void requireOnly(Set<String> known) {
    for (String name : names()) {
      if (!known.contains(name)) {
        throw fault(name, "is not known%s".formatted(Spelling.suggestion(name, known)));
      }
    }
  }

  public Optional<String> string(String name) {
    return field(name).map(field -> string(name, field.value(), "a string"));
  }

  public String requireString(String name) {
    return string(name).orElseThrow(missing(name));
  }

  /// A list of strings; empty where the property is absent.
  public List<String> strings(String name) {
    return items(name, "a list of strings").stream()
        .map(item -> string(name, item, "a list of strings"))
        .toList();
  }

  public OptionalInt integer(String name) {
    Optional<String> text = string(name);
    try {
      return text.isPresent() ? OptionalInt.of(Integer.parseInt(text.get())) : OptionalInt.empty();
    } catch (NumberFormatException _) {
      throw fault(name, "is a whole number, not `%s`".formatted(text.orElse("")));
    }
  }

  public Optional<Boolean> bool(String name) {
    return string(name)
        .map(text ->
            switch (text) {
              case "true" -> true;
              case "false" -> false;
              default -> throw fault(name, "is true or false, not `" + text + "`");
            });
  }

  /// A document such as a policy: a mapping, or a string that holds JSON, be it percent-encoded as
  /// in IAM's answers.
  public Optional<ObjectNode> document(String name) {
    return field(name)
        .map(field ->
            switch (field.value()) {
              case Fields document -> (ObjectNode) document.json();
              case Text(var _, var _, var text) -> parse(name, text);
              default -> throw wrong(name, "a document", field.value());
            });
  }

  public ObjectNode requireDocument(String name) {
    return document(name).orElseThrow(missing(name));
  }

  /// Where the part `path` of the document `name` stands, such as `$.Statement[0].Effect`; of what
  /// is missing there, where it is missing.
  public Place place(String name, String path) {
    Field field = field(name).orElseThrow(missing(name));
    return field.value() instanceof Fields document
        ? document.place(path.substring(Math.min(1, path.length())))
        : field.place();
  }

  /// A mapping with properties of its own.
  public Optional<Properties> mapping(String name) {
    return field(name).map(field -> nested(name, path + name, field.value(), "a mapping"));
  }

  /// A list of mappings, each with properties of its own; empty where the property is absent.
  public List<Properties> mappings(String name) {
    List<Properties> mappings = new ArrayList<>();
    for (Value item : items(name, "a list of mappings")) {
      mappings.add(
          nested(name, path + name + "[" + mappings.size() + "]", item, "a list of mappings"));
    }
    return mappings;
  }

  /// The property `Tags`, a list of `Key` and `Value`.
  public SequencedMap<String, String> tags() {
    SequencedMap<String, String> tags = new LinkedHashMap<>();
    for (Properties tag : mappings("Tags")) {
      tag.requireOnly(Set.of("Key", "Value"));
      String key = tag.requireString("Key");
      if (tags.put(key, tag.requireString("Value")) != null) {
        throw tag.fault("Key", "is `" + key + "`, as of a tag before it");
      }
    }
    return tags;
  }

  /// All of them.
  public ObjectNode json() {
    return (ObjectNode) fields.json();
  }

  /// What to throw when the property `name` is not what it should be; `message` follows its name.
  public YamlException fault(String name, String message) {
    return new YamlException(
        field(name).map(Field::place).orElse(place()),
        "property `%s%s` %s".formatted(path, name, message));
  }

  private Optional<Field> field(String name) {
    return Optional.ofNullable(fields.fields().get(name));
  }

  private List<Value> items(String name, String wanted) {
    return field(name)
        .map(field -> {
          if (field.value() instanceof Items items) {
            return items.items();
          }
          throw wrong(name, wanted, field.value());
        })
        .orElse(List.of());
  }

  private String string(String name, Value value, String wanted) {
    if (value instanceof Text text) {
      return text.text();
    }
    throw wrong(name, wanted, value);
  }

  private Properties nested(String name, String inner, Value value, String wanted) {
    if (value instanceof Fields nested) {
      return new Properties(inner + ".", nested);
    }
    throw wrong(name, wanted, value);
  }

  private ObjectNode parse(String name, String text) {
    JsonNode document;
    try {
      document = JSON.readTree(text.startsWith("%7B") ? PercentEncoding.decode(text) : text);
    } catch (JacksonException e) {
      throw fault(name, "is a document, and its JSON cannot be read: " + e.getOriginalMessage());
    } catch (IllegalArgumentException e) {
      throw fault(name, "is a document, and is not percent-encoded as it should be");
    }
    if (document instanceof ObjectNode object) {
      return object;
    }
    throw fault(name, "is a document, not the JSON of something else");
  }

  private YamlException wrong(String name, String wanted, Value value) {
    return fault(name, "is %s, not %s".formatted(wanted, value.kind()));
  }

  private Supplier<YamlException> missing(String name) {
    return () -> fault(name, "is missing");
  }
}
