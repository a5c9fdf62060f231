package dev.tegata.api;

import dev.tegata.json.JsonValue;
import dev.tegata.json.JsonValue.JsonBoolean;
import dev.tegata.json.JsonValue.JsonNumber;
import dev.tegata.json.JsonValue.JsonObject;
import dev.tegata.json.JsonValue.JsonString;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/// The members of a request's body, each of which is to be read once.
final class BodyMembers {
  private static final Pattern WHOLE = Pattern.compile("[0-9]{1,9}");

  private final JsonObject body;
  private final Set<String> read = new HashSet<>();

  BodyMembers(JsonObject body) {
    this.body = body;
  }

  Optional<JsonValue> member(String name) {
    read.add(name);
    return body.member(name);
  }

  Optional<String> text(String name) {
    return member(name)
        .map(value -> {
          if (value instanceof JsonString(var text)) {
            return text;
          }
          throw ApiCall.invalid("`" + name + "` is a text, not " + value.toJson());
        });
  }

  boolean flag(String name) {
    return member(name)
        .map(value -> {
          if (value instanceof JsonBoolean(var truth)) {
            return truth;
          }
          throw ApiCall.invalid("`" + name + "` is true or false, not " + value.toJson());
        })
        .orElse(false);
  }

  OptionalLong seconds(String name, long least, long most) {
    Optional<JsonValue> value = member(name);
    if (value.isEmpty()) {
      return OptionalLong.empty();
    }
    if (value.get() instanceof JsonNumber(var literal) && WHOLE.matcher(literal).matches()) {
      long seconds = Long.parseLong(literal);
      if (seconds >= least && seconds <= most) {
        return OptionalLong.of(seconds);
      }
    }
    throw ApiCall.invalid(
        "`%s` is a whole number from %d to %d, not %s"
            .formatted(name, least, most, value.get().toJson()));
  }

  void requireAllRead() {
    for (String name : body.members().keySet()) {
      if (!read.contains(name)) {
        throw ApiCall.invalid("`" + name + "` is not known here");
      }
    }
  }
}
