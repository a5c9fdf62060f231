package dev.tegata.yaml;

import dev.tegata.yaml.Node.Entry;
import dev.tegata.yaml.Node.Mapping;
import dev.tegata.yaml.Node.Place;
import dev.tegata.yaml.Node.Scalar;
import dev.tegata.yaml.Node.ScalarType;
import dev.tegata.yaml.Node.Sequence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/// Reads JSON alone, as the nodes that [Yaml] reads it as; for documents that a program wrote,
/// which may be many times longer than those that people write.
public final class Json {
  private static final int MAX_DEPTH = 50;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();

  private Json() {}

  /// Reads the documents of `text`, one after another.
  ///
  /// @throws YamlException when it is not JSON, is nested too deeply, or has a key twice
  public static List<Node> read(String text) {
    List<Node> documents = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
      while (parser.nextToken() != null) {
        documents.add(node(parser));
      }
    } catch (JacksonException e) {
      TokenStreamLocation at = e.getLocation();
      throw new YamlException(
          at == null ? new Place(1, 1) : new Place(at.getLineNr(), at.getColumnNr()),
          "this is not JSON: " + e.getOriginalMessage().lines().findFirst().orElse(""));
    }
    if (documents.isEmpty()) {
      throw new YamlException(new Place(1, 1), "the document is empty");
    }
    return documents;
  }

  private static Node node(JsonParser parser) {
    Place place = place(parser);
    return switch (parser.currentToken()) {
      case START_OBJECT -> new Mapping(place, "", entries(parser));
      case START_ARRAY -> new Sequence(place, "", items(parser));
      case VALUE_STRING -> new Scalar(place, "", ScalarType.STRING, parser.getString());
      case VALUE_TRUE, VALUE_FALSE -> new Scalar(place, "", ScalarType.BOOLEAN, parser.getString());
      case VALUE_NULL -> new Scalar(place, "", ScalarType.NULL, parser.getString());
      default -> new Scalar(place, "", ScalarType.NUMBER, parser.getString());
    };
  }

  private static List<Node> items(JsonParser parser) {
    List<Node> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(node(parser));
    }
    return items;
  }

  private static List<Entry> entries(JsonParser parser) {
    List<Entry> entries = new ArrayList<>();
    Set<String> names = new HashSet<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      Scalar key = new Scalar(place(parser), "", ScalarType.STRING, parser.currentName());
      if (!names.add(key.text())) {
        throw new YamlException(key.place(), "the key `" + key.text() + "` occurs twice");
      }
      parser.nextToken();
      entries.add(new Entry(key, node(parser)));
    }
    return entries;
  }

  private static Place place(JsonParser parser) {
    TokenStreamLocation at = parser.currentTokenLocation();
    return new Place(at.getLineNr(), at.getColumnNr());
  }
}
