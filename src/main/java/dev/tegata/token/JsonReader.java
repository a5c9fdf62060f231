package dev.tegata.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.token.JsonValue.JsonArray;
import dev.tegata.token.JsonValue.JsonBoolean;
import dev.tegata.token.JsonValue.JsonNull;
import dev.tegata.token.JsonValue.JsonNumber;
import dev.tegata.token.JsonValue.JsonObject;
import dev.tegata.token.JsonValue.JsonString;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/// Reads strict JSON from UTF-8. The last of several members with one name counts, as at AWS.
///
/// The messages say where a document is broken but never quote it: it may be a token.
final class JsonReader {
  private static final int MAX_DEPTH = 32;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(TokenStreamFactory.Feature.CHARSET_DETECTION) // UTF-8 and nothing else
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();

  private JsonReader() {}

  static JsonObject readObject(byte[] utf8) {
    requireUtf8(utf8);
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), utf8)) {
      try {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
          throw new IllegalArgumentException("not a JSON object");
        }
        JsonObject object = object(parser);
        if (parser.nextToken() != null) {
          throw new IllegalArgumentException("more follows after the JSON object");
        }
        return object;
      } catch (JacksonException e) {
        long offset = parser.currentLocation().getByteOffset();
        throw new IllegalArgumentException("not JSON, from byte " + offset + " on", e);
      }
    }
  }

  private static JsonObject object(JsonParser parser) {
    SequencedMap<String, JsonValue> members = new LinkedHashMap<>();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      members.put(requireWellFormed(name), value(parser));
    }
    return new JsonObject(members);
  }

  private static JsonArray array(JsonParser parser) {
    List<JsonValue> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser));
    }
    return new JsonArray(items);
  }

  private static JsonValue value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> new JsonString(requireWellFormed(parser.getString()));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(parser.getString());
      case VALUE_TRUE -> new JsonBoolean(true);
      case VALUE_FALSE -> new JsonBoolean(false);
      default -> new JsonNull();
    };
  }

  /// Jackson reads over some broken sequences, such as encoded surrogates.
  private static void requireUtf8(byte[] utf8) {
    for (byte b : utf8) {
      if (b < 0) {
        try {
          UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8));
          return;
        } catch (CharacterCodingException e) {
          throw new IllegalArgumentException("not UTF-8", e);
        }
      }
    }
  }

  /// An escape such as `\ud800` may name half a character, which no other encoding can hold.
  private static String requireWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          throw new IllegalArgumentException("half of a surrogate pair in a JSON string");
        }
        i++;
      }
    }
    return text;
  }
}
