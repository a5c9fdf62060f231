package dev.tegata.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.json.JsonValue.JsonArray;
import dev.tegata.json.JsonValue.JsonBoolean;
import dev.tegata.json.JsonValue.JsonNull;
import dev.tegata.json.JsonValue.JsonNumber;
import dev.tegata.json.JsonValue.JsonObject;
import dev.tegata.json.JsonValue.JsonString;
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
public final class JsonReader {
  private static final int MAX_DEPTH = 32;
  private static final char REPLACEMENT = '\ufffd';
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(TokenStreamFactory.Feature.CHARSET_DETECTION) // UTF-8 and nothing else
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();

  private final JsonParser parser;
  private final boolean hasEscapes;

  private JsonReader(JsonParser parser, boolean hasEscapes) {
    this.parser = parser;
    this.hasEscapes = hasEscapes;
  }

  public static JsonObject readObject(byte[] utf8) {
    boolean hasEscapes = decode(utf8).indexOf('\\') >= 0;
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), utf8)) {
      try {
        return new JsonReader(parser, hasEscapes).document();
      } catch (JacksonException e) {
        long offset = parser.currentLocation().getByteOffset();
        throw new IllegalArgumentException("not JSON, from byte " + offset + " on", e);
      }
    }
  }

  /// The text of `utf8`, which Jackson does not check: it reads over encoded surrogates.
  private static String decode(byte[] utf8) {
    String text = new String(utf8, UTF_8);
    if (text.indexOf(REPLACEMENT) >= 0) { // in the text itself, or for what is not UTF-8
      try {
        UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8));
      } catch (CharacterCodingException e) {
        throw new IllegalArgumentException("not UTF-8", e);
      }
    }
    return text;
  }

  private JsonObject document() {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new IllegalArgumentException("not a JSON object");
    }
    JsonObject object = object();
    if (parser.nextToken() != null) {
      throw new IllegalArgumentException("not a single JSON object");
    }
    return object;
  }

  private JsonObject object() {
    SequencedMap<String, JsonValue> members = new LinkedHashMap<>();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      members.put(requireWellFormed(name), value());
    }
    return new JsonObject(members);
  }

  private JsonArray array() {
    List<JsonValue> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value());
    }
    return new JsonArray(items);
  }

  private JsonValue value() {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> new JsonString(requireWellFormed(parser.getString()));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(parser.getString());
      case VALUE_TRUE -> new JsonBoolean(true);
      case VALUE_FALSE -> new JsonBoolean(false);
      default -> new JsonNull();
    };
  }

  /// An escape such as `\ud800` may name half a character, which no encoding can hold.
  private String requireWellFormed(String text) {
    if (hasEscapes && !UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException("not text: it holds half of a surrogate pair");
    }
    return text;
  }
}
