package dev.tegata.policy;

import dev.tegata.policy.PolicyFault.Path;
import dev.tegata.policy.PolicyFault.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/// A JSON document whose values know their place. A member that stands twice in an object is a
/// fault, as is half of a surrogate pair.
sealed interface Json {
  Place place();

  record Members(Place place, SequencedMap<String, Json> members) implements Json {}

  record Items(Place place, List<Json> items) implements Json {}

  record Text(Place place, String text) implements Json {}

  /// A number or a boolean, as it is written.
  record Literal(Place place, String text) implements Json {}

  record Nothing(Place place) implements Json {}

  /// What a reader calls this value.
  default String kind() {
    return switch (this) {
      case Members _ -> "an object";
      case Items _ -> "a list";
      case Text(var _, var text) -> "`" + text + "`";
      case Literal(var _, var text) -> "`" + text + "`";
      case Nothing _ -> "`null`";
    };
  }

  /// Reads `text`.
  ///
  /// @throws PolicyFault with `message` when it is not one JSON document, or deeper or longer than
  ///   a policy has reason to be
  static Json parse(String text, String message) {
    return new Reader(message).document(text);
  }

  /// Reads one document.
  final class Reader {
    private static final int MAX_DEPTH = 20;
    private static final JsonFactory JSON =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH + 1) // one more, to find its place ourselves
                    .maxNumberLength(Policy.MAX_LENGTH)
                    .maxStringLength(Policy.MAX_LENGTH)
                    .maxNameLength(Policy.MAX_LENGTH)
                    .build())
            .build();

    private final String message;
    private int depth;

    private Reader(String message) {
      this.message = message;
    }

    private Json document(String text) {
      if (text.length() > Policy.MAX_LENGTH) {
        throw new PolicyFault(message, Place.ROOT, "at most " + Policy.MAX_LENGTH + " characters");
      }
      try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
        if (parser.nextToken() == null) {
          throw new PolicyFault(message, Place.ROOT, "a JSON document");
        }
        Json document = value(parser, Path.ROOT);
        if (parser.nextToken() != null) {
          throw new PolicyFault(message, place(parser, Path.ROOT), "nothing after the document");
        }
        return document;
      } catch (JacksonException e) {
        TokenStreamLocation at = e.getLocation();
        Place place =
            at == null ? Place.ROOT : new Place(at.getLineNr(), at.getColumnNr(), Path.ROOT);
        throw new PolicyFault(message, place, "well-formed JSON");
      }
    }

    private Json value(JsonParser parser, Path path) {
      Place place = place(parser, path);
      JsonToken token = parser.currentToken();
      return switch (token) {
        case START_OBJECT -> object(parser, place);
        case START_ARRAY -> list(parser, place);
        case VALUE_STRING -> new Text(place, wellFormed(parser.getString(), place));
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
            new Literal(place, parser.getString());
        case VALUE_NULL -> new Nothing(place);
        default -> throw new PolicyFault(message, place, "a value");
      };
    }

    private Json object(JsonParser parser, Place place) {
      SequencedMap<String, Json> members = new LinkedHashMap<>();
      descend(place);
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        Place namePlace = place(parser, place.path().member(name));
        wellFormed(name, namePlace);
        parser.nextToken();
        if (members.containsKey(name)) {
          throw new PolicyFault(message, namePlace, "one `" + name + "`, not a second");
        }
        members.put(name, value(parser, place.path().member(name)));
      }
      depth--;
      return new Members(place, members);
    }

    private Json list(JsonParser parser, Place place) {
      List<Json> items = new ArrayList<>();
      descend(place);
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(value(parser, place.path().item(items.size())));
      }
      depth--;
      return new Items(place, items);
    }

    private void descend(Place place) {
      depth++;
      if (depth > MAX_DEPTH) {
        throw new PolicyFault(message, place, "at most " + MAX_DEPTH + " levels");
      }
    }

    private static Place place(JsonParser parser, Path path) {
      TokenStreamLocation at = parser.currentTokenLocation();
      return new Place(at.getLineNr(), at.getColumnNr(), path);
    }

    private String wellFormed(String text, Place place) {
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (Character.isSurrogate(c) && !pair) {
          throw new PolicyFault(message, place, "whole characters, not half of a surrogate pair");
        }
        i += pair ? 1 : 0;
      }
      return text;
    }
  }
}
