package dev.tegata.token;

import dev.tegata.arn.Arn;
import dev.tegata.json.JsonValue;
import dev.tegata.json.JsonValue.JsonArray;
import dev.tegata.json.JsonValue.JsonNull;
import dev.tegata.json.JsonValue.JsonObject;
import dev.tegata.json.JsonValue.JsonString;
import dev.tegata.token.AwsClaims.Requested;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Reads the `https://aws.amazon.com/…` claims; what is wrong is told in AWS's words.
///
/// Session tags come nested, each value in a list of its own, or flattened, one claim a tag.
final class AwsClaimsReader {
  private static final String PREFIX = "https://aws.amazon.com/";
  private static final String TAGS = PREFIX + "tags";
  private static final String FLAT_TAG = TAGS + "/principal_tags/";
  private static final String FLAT_TRANSITIVE_KEYS = TAGS + "/transitive_tag_keys";
  private static final String SOURCE_IDENTITY = PREFIX + "source_identity";
  private static final String ROLES = PREFIX + "roles";

  private final SequencedMap<String, String> tags = new LinkedHashMap<>();
  private final List<String> transitiveKeys = new ArrayList<>();

  private AwsClaimsReader() {}

  /// @throws IllegalArgumentException with AWS's words for a client
  static Requested read(Claims claims, Arn role) {
    AwsClaimsReader reader = new AwsClaimsReader();
    claims.members().members().forEach(reader::readTags);
    return new Requested(
        reader.tags, reader.transitiveKeys, sourceIdentity(claims), isAuthorized(claims, role));
  }

  private void readTags(String name, JsonValue value) {
    if (name.equals(TAGS)) {
      JsonObject nested = object(value);
      nested.member("principal_tags").ifPresent(this::readNestedTags);
      nested.member("transitive_tag_keys").ifPresent(this::readTransitiveKeys);
    } else if (name.equals(FLAT_TRANSITIVE_KEYS)) {
      readTransitiveKeys(value);
    } else if (name.startsWith(FLAT_TAG)) {
      tags.put(name.substring(FLAT_TAG.length()), text(value));
    }
  }

  private void readNestedTags(JsonValue value) {
    object(value)
        .members()
        .forEach((key, values) -> {
          if (items(values).size() != 1) {
            throw malformedTags();
          }
          tags.put(key, text(items(values).getFirst()));
        });
  }

  private void readTransitiveKeys(JsonValue value) {
    items(value).forEach(key -> transitiveKeys.add(text(key)));
  }

  private static JsonObject object(JsonValue value) {
    if (value instanceof JsonObject object) {
      return object;
    }
    throw malformedTags();
  }

  private static List<JsonValue> items(JsonValue value) {
    if (value instanceof JsonArray(var items)) {
      return items;
    }
    throw malformedTags();
  }

  private static String text(JsonValue value) {
    if (value instanceof JsonString(var text)) {
      return text;
    }
    throw malformedTags();
  }

  private static IllegalArgumentException malformedTags() {
    return new IllegalArgumentException("principal_tags passed in claim is not in correct format.");
  }

  private static @Nullable String sourceIdentity(Claims claims) {
    if (claims.has(SOURCE_IDENTITY) && claims.text(SOURCE_IDENTITY).isEmpty()) {
      throw new IllegalArgumentException(
          "source_identity passed in claim is not in correct format."); // AWS's words are not known
    }
    return claims.text(SOURCE_IDENTITY).orElse(null);
  }

  /// Whether the token lists `role`; a token that lists no roles is not held to any.
  private static boolean isAuthorized(Claims claims, Arn role) {
    List<String> entries;
    switch (claims.claim(ROLES).orElse(new JsonNull())) {
      case JsonNull() -> {
        return false;
      }
      case JsonString(var text) -> entries = Arrays.asList(text.split(";"));
      case JsonArray _ -> entries = claims.texts(ROLES);
      default -> throw new IllegalArgumentException("The roles claim is not in a supported format");
    }
    List<String> roles =
        entries.stream().map(String::strip).filter(AwsClaimsReader::isRole).toList();
    if (roles.isEmpty()) {
      throw new IllegalArgumentException("The roles claim contains no valid role ARNs");
    }
    if (!roles.contains(role.toString())) {
      throw new IllegalArgumentException(
          "The target role ARN is not present in the roles claim of the identity token");
    }
    return true;
  }

  private static boolean isRole(String text) {
    try {
      Arn arn = Arn.parse(text);
      return arn.service().equals("iam") && arn.resource().startsWith("role/");
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
