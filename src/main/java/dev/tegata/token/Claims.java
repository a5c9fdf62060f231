package dev.tegata.token;

import dev.tegata.json.JsonValue;
import dev.tegata.json.JsonValue.JsonArray;
import dev.tegata.json.JsonValue.JsonBoolean;
import dev.tegata.json.JsonValue.JsonNull;
import dev.tegata.json.JsonValue.JsonNumber;
import dev.tegata.json.JsonValue.JsonObject;
import dev.tegata.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// The claims of a token, in their order. By themselves they prove nothing.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc7519#section-4>
public record Claims(JsonObject members) {
  private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1,18}");

  /// Whether the claim is there, be it `null`.
  public boolean has(String name) {
    return members.has(name);
  }

  public Optional<JsonValue> claim(String name) {
    return members.member(name);
  }

  /// The claim, if it is a string.
  public Optional<String> text(String name) {
    return members.text(name);
  }

  /// The claim, if it is an object, such as Kubernetes' `kubernetes.io`.
  public Optional<JsonObject> object(String name) {
    return members.members().get(name) instanceof JsonObject object
        ? Optional.of(object)
        : Optional.empty();
  }

  /// The values of the claim as a policy's condition compares them: a scalar is one text, an array
  /// one text an item. `null`, an object, or no such claim have none.
  public List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (JsonValue item : items(name)) {
      scalar(item).ifPresent(texts::add);
    }
    return texts;
  }

  /// The seconds since 1970 of a claim that is a whole number or a string of one; AWS takes both.
  public OptionalLong epochSeconds(String name) {
    String digits =
        switch (members.members().get(name)) {
          case JsonNumber(var literal) -> literal;
          case JsonString(var text) -> text;
          case null, default -> "";
        };
    return WHOLE_NUMBER.matcher(digits).matches()
        ? OptionalLong.of(Long.parseLong(digits))
        : OptionalLong.empty();
  }

  /// The audiences that `aud` names: one string, or the strings of a list.
  public List<String> audiences() {
    List<String> audiences = new ArrayList<>();
    for (JsonValue item : items("aud")) {
      if (item instanceof JsonString(var text)) {
        audiences.add(text);
      }
    }
    return audiences;
  }

  /// The client that asked for the token, `azp`; empty text when it is not a string.
  public Optional<String> authorizedParty() {
    return switch (members.members().get("azp")) {
      case JsonString(var party) -> Optional.of(party);
      case JsonNull() -> Optional.empty();
      case null -> Optional.empty();
      default -> Optional.of("");
    };
  }

  /// The items of a claim that is an array, else the claim itself.
  private List<JsonValue> items(String name) {
    return switch (members.members().get(name)) {
      case null -> List.of();
      case JsonArray(var items) -> items;
      case JsonValue single -> List.of(single);
    };
  }

  /// A string, number or boolean as text.
  private static Optional<String> scalar(JsonValue value) {
    return switch (value) {
      case JsonString(var text) -> Optional.of(text);
      case JsonNumber(var literal) -> Optional.of(literal);
      case JsonBoolean(var truth) -> Optional.of(Boolean.toString(truth));
      case JsonNull _, JsonArray _, JsonObject _ -> Optional.empty();
    };
  }
}
