package dev.tegata.api;

import dev.tegata.api.GithubError.BodyNotAnObject;
import dev.tegata.api.GithubError.InvalidRequest;
import dev.tegata.api.GithubError.ProblemsParsingJson;
import dev.tegata.json.JsonValue;
import dev.tegata.json.JsonValue.JsonArray;
import dev.tegata.json.JsonValue.JsonBoolean;
import dev.tegata.json.JsonValue.JsonObject;
import dev.tegata.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The body of a request to GitHub's API, whose faults are told in GitHub's words.
final class GithubBody {
  private final JsonObject members;

  /// Reads `text`, an object with no other members than `permitted`.
  ///
  /// @throws GithubRefusal when it is not
  GithubBody(String text, Set<String> permitted) {
    try {
      this.members = JsonObject.parse(text);
    } catch (IllegalArgumentException e) {
      boolean isOther = "not a JSON object".equals(e.getMessage());
      throw new GithubRefusal(isOther ? new BodyNotAnObject() : new ProblemsParsingJson());
    }
    members.members().keySet().stream()
        .filter(name -> !permitted.contains(name))
        .findFirst()
        .ifPresent(name -> {
          throw invalid("\"" + name + "\" is not a permitted key.");
        });
  }

  static GithubRefusal invalid(String fault) {
    return new GithubRefusal(new InvalidRequest(fault));
  }

  Optional<Boolean> flag(String name) {
    return members
        .member(name)
        .map(value -> {
          if (value instanceof JsonBoolean(var truth)) {
            return truth;
          }
          throw mistyped(name, value, "a boolean");
        });
  }

  boolean requiredFlag(String name) {
    return flag(name).orElseThrow(() -> missing(name));
  }

  String requiredText(String name) {
    return members
        .member(name)
        .map(value -> {
          if (value instanceof JsonString(var text)) {
            return text;
          }
          throw mistyped(name, value, "a string");
        })
        .orElseThrow(() -> missing(name));
  }

  /// A list of texts.
  Optional<List<String>> texts(String name) {
    return members
        .member(name)
        .map(value -> {
          if (!(value instanceof JsonArray(var items))) {
            throw mistyped(name, value, "an array");
          }
          List<String> texts = new ArrayList<>();
          for (JsonValue item : items) {
            if (!(item instanceof JsonString(var text))) {
              throw mistyped(name + "/" + texts.size(), item, "a string");
            }
            texts.add(text);
          }
          return texts;
        });
  }

  private static GithubRefusal missing(String name) {
    return invalid("\"" + name + "\" wasn't supplied.");
  }

  private static GithubRefusal mistyped(String name, JsonValue value, String what) {
    return invalid("For 'properties/%s', %s is not %s.".formatted(name, value.toJson(), what));
  }
}
