package dev.tegata.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/// A value of JSON, unchangeable; the members of an object keep their order.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc8259#section-3>
public sealed interface JsonValue {

  record JsonString(String text) implements JsonValue {}

  /// A number as it is written: no digit is lost, and a huge exponent costs nothing.
  record JsonNumber(String literal) implements JsonValue {
    private static final Pattern GRAMMAR =
        Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    public JsonNumber {
      if (!isInteger(literal) && !GRAMMAR.matcher(literal).matches()) {
        throw new IllegalArgumentException("`" + literal + "` is not a number of JSON");
      }
    }

    /// Whether it is digits alone and the first is no zero, as most are.
    private static boolean isInteger(String literal) {
      for (int i = 0; i < literal.length(); i++) {
        if (literal.charAt(i) < '0' || literal.charAt(i) > '9') {
          return false;
        }
      }
      return !literal.isEmpty() && literal.charAt(0) != '0';
    }

    public static JsonNumber of(long number) {
      return new JsonNumber(Long.toString(number));
    }
  }

  record JsonBoolean(boolean truth) implements JsonValue {}

  record JsonNull() implements JsonValue {}

  record JsonArray(List<JsonValue> items) implements JsonValue {
    public JsonArray {
      items = List.copyOf(items);
    }
  }

  record JsonObject(SequencedMap<String, JsonValue> members) implements JsonValue {
    public JsonObject {
      members = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(members));
    }

    /// Reads a document that is one object. Of members with the same name the last counts.
    ///
    /// @throws IllegalArgumentException when `json` is not JSON, not an object, nested too deeply,
    ///   or holds half of a surrogate pair
    public static JsonObject parse(String json) {
      return JsonReader.readObject(json.getBytes(UTF_8));
    }

    /// The member called exactly `name`.
    public Optional<JsonValue> member(String name) {
      return Optional.ofNullable(members.get(name));
    }

    /// The member called `name`, if it is a string.
    public Optional<String> text(String name) {
      return members.get(name) instanceof JsonString(var text)
          ? Optional.of(text)
          : Optional.empty();
    }

    public boolean has(String name) {
      return members.containsKey(name);
    }

    public static Builder builder() {
      return new Builder();
    }

    /// Puts an object together, member by member.
    public static final class Builder {
      private final SequencedMap<String, JsonValue> members = new LinkedHashMap<>();

      private Builder() {}

      public Builder put(String name, JsonValue value) {
        members.put(name, value);
        return this;
      }

      public Builder put(String name, String text) {
        return put(name, new JsonString(text));
      }

      public Builder put(String name, long number) {
        return put(name, JsonNumber.of(number));
      }

      public JsonObject build() {
        return new JsonObject(members);
      }
    }
  }

  /// The value as JSON, without blanks.
  default String toJson() {
    return JsonWriter.write(this);
  }
}
