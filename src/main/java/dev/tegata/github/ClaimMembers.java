package dev.tegata.github;

import dev.tegata.json.JsonValue;
import dev.tegata.json.JsonValue.JsonArray;
import dev.tegata.json.JsonValue.JsonBoolean;
import dev.tegata.json.JsonValue.JsonNull;
import dev.tegata.json.JsonValue.JsonNumber;
import dev.tegata.json.JsonValue.JsonObject;
import dev.tegata.json.JsonValue.JsonString;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The members of an object of claims, each of which is to be read once.
final class ClaimMembers {
  private static final int MAX_LENGTH = 1024;
  private static final int MAX_PROPERTIES = 100;
  private static final String PROPERTY = "repo_property_";
  private static final Pattern PROPERTY_NAME = Pattern.compile("[A-Za-z0-9_$#-]{1,75}");
  private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,17}");

  private final JsonObject claims;
  private final Set<String> read = new HashSet<>();

  ClaimMembers(JsonObject claims) {
    this.claims = claims;
  }

  /// @throws IllegalArgumentException when there is a member that nobody has asked for
  void requireAllRead() {
    for (String name : claims.members().keySet()) {
      if (!read.contains(name)) {
        throw new IllegalArgumentException(
            "`" + name + "` is not a claim that a job is registered with");
      }
    }
  }

  IllegalArgumentException missing(String name) {
    return new IllegalArgumentException("`" + name + "` is missing");
  }

  String text(String name) {
    return optionalText(name).filter(text -> !text.isEmpty()).orElseThrow(() -> missing(name));
  }

  String text(String name, Pattern pattern, String what) {
    return optionalText(name, pattern, what).orElseThrow(() -> missing(name));
  }

  Optional<String> optionalText(String name, Pattern pattern, String what) {
    Optional<String> text = optionalText(name);
    text.ifPresent(it -> {
      if (!pattern.matcher(it).matches()) {
        throw new IllegalArgumentException("`%s` is %s, not `%s`".formatted(name, what, it));
      }
    });
    return text;
  }

  Optional<String> optionalText(String name) {
    return member(name).map(value -> text(name, value));
  }

  private Optional<JsonValue> member(String name) {
    read.add(name);
    return claims.member(name);
  }

  private static String text(String name, JsonValue value) {
    if (!(value instanceof JsonString(var text))) {
      throw new IllegalArgumentException("`" + name + "` is a text, not " + value.toJson());
    }
    if (text.length() > MAX_LENGTH || text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "`%s` is a text of at most %d characters, none of them a control character"
              .formatted(name, MAX_LENGTH));
    }
    return text;
  }

  /// A positive number, as such or in a text.
  OptionalLong id(String name) {
    Optional<JsonValue> value = member(name);
    if (value.isEmpty()) {
      return OptionalLong.empty();
    }
    String digits =
        switch (value.get()) {
          case JsonNumber(var literal) -> literal;
          case JsonString(var text) -> text;
          default -> "";
        };
    if (!ID.matcher(digits).matches()) {
      throw new IllegalArgumentException(
          "`%s` is a positive number, not %s".formatted(name, value.get().toJson()));
    }
    return OptionalLong.of(Long.parseLong(digits));
  }

  /// A truth value, as such or in a text; false where it is left out.
  boolean flag(String name) {
    return member(name)
        .map(value ->
            switch (value) {
              case JsonBoolean(var truth) -> truth;
              case JsonString(var text) when text.equals("true") -> true;
              case JsonString(var text) when text.equals("false") -> false;
              default ->
                  throw new IllegalArgumentException(
                      "`%s` is true or false, not %s".formatted(name, value.toJson()));
            })
        .orElse(false);
  }

  /// One of the constants of `type`, in small letters and with hyphens.
  <E extends Enum<E>> Optional<E> choice(String name, Class<E> type) {
    return optionalText(name)
        .map(text ->
            Arrays.stream(type.getEnumConstants())
                .filter(it -> spelling(it).equals(text))
                .findFirst()
                .orElseThrow(() ->
                    new IllegalArgumentException(
                        "`%s` is one of %s, not `%s`"
                            .formatted(
                                name,
                                Arrays.stream(type.getEnumConstants())
                                    .map(ClaimMembers::spelling)
                                    .collect(Collectors.joining(", ")),
                                text))));
  }

  private static String spelling(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// A claim that follows from another one: it may be there, with the value `due`.
  void requireFits(String name, String due) {
    optionalText(name)
        .ifPresent(text -> {
          if (!text.equals(due)) {
            throw new IllegalArgumentException(
                "`%s` is `%s` here, not `%s`".formatted(name, due, text));
          }
        });
  }

  /// The custom properties. One of several values becomes a text with commas, and one without a
  /// value is not there.
  SequencedMap<String, String> properties() {
    SequencedMap<String, String> properties = new LinkedHashMap<>();
    claims
        .members()
        .forEach((name, value) -> {
          if (name.startsWith(PROPERTY)) {
            read.add(name);
            String property = name.substring(PROPERTY.length());
            if (!PROPERTY_NAME.matcher(property).matches()) {
              throw new IllegalArgumentException("`" + name + "` does not name a custom property");
            }
            property(name, value).ifPresent(text -> properties.put(property, text));
          }
        });
    if (properties.size() > MAX_PROPERTIES) {
      throw new IllegalArgumentException("more than " + MAX_PROPERTIES + " custom properties");
    }
    return properties;
  }

  private static Optional<String> property(String name, JsonValue value) {
    return switch (value) {
      case JsonNull() -> Optional.empty();
      case JsonBoolean(var truth) -> Optional.of(Boolean.toString(truth));
      case JsonArray(var items) -> {
        List<String> texts = items.stream().map(item -> text(name, item)).toList();
        yield texts.isEmpty() ? Optional.empty() : Optional.of(String.join(",", texts));
      }
      default -> Optional.of(text(name, value));
    };
  }
}
