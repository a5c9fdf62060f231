package dev.tegata.federation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.policy.Context;
import dev.tegata.token.IdTokenClaims;
import dev.tegata.token.JsonValue;
import dev.tegata.token.JsonValue.JsonArray;
import dev.tegata.token.JsonValue.JsonBoolean;
import dev.tegata.token.JsonValue.JsonString;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which claims of a token are condition keys, under the provider's URL as their prefix.
///
/// For an issuer that AWS knows they are the ones that AWS offers, so that a trust policy which
/// works here works there. For any other issuer they are all its strings, booleans and lists.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif>
public final class ConditionClaims {
  private static final String TABLE = "/federation/condition-claims.tsv";
  private static final Map<String, Set<String>> KNOWN = read();

  /// Claims that have a key of another name or form, or say nothing about who asks.
  private static final Set<String> ELSEWHERE =
      Set.of("iss", "aud", "oaud", "azp", "sub", "amr", "email", "jti", "iat", "exp", "nbf");

  private ConditionClaims() {}

  /// Adds the keys of `claims`; `url` is the provider's URL without its scheme.
  public static void put(String url, IdTokenClaims claims, Context.Builder context) {
    context.put(url + ":aud", claims.audience()).put(url + ":sub", claims.subject());
    put(url + ":oaud", claims.originalAudience(), context);
    List<String> methods = claims.claims().texts("amr");
    if (!methods.isEmpty()) {
      context.putAll(url + ":amr", methods);
    }
    claims.claims().text("email").ifPresent(email -> context.put(url + ":email", email));
    Optional<Set<String>> known = known(url);
    claims
        .claims()
        .members()
        .members()
        .forEach((name, value) -> {
          if (known
              .map(names -> names.contains(name))
              .orElse(!ELSEWHERE.contains(name.toLowerCase(Locale.ROOT)))) {
            put(url + ":" + name, value, context);
          }
        });
  }

  private static void put(String key, JsonValue value, Context.Builder context) {
    switch (value) {
      case JsonString(var text) -> context.put(key, text);
      case JsonBoolean(var truth) -> context.put(key, Boolean.toString(truth));
      case JsonArray(var items) when items.stream().allMatch(JsonString.class::isInstance) ->
          context.putAll(key, items.stream().map(item -> ((JsonString) item).text()).toList());
      default -> {} // numbers and objects are no condition keys
    }
  }

  private static void put(String key, List<String> texts, Context.Builder context) {
    if (texts.size() == 1) {
      context.put(key, texts.getFirst());
    } else {
      context.putAll(key, texts);
    }
  }

  private static Optional<Set<String>> known(String url) {
    int slash = url.indexOf('/');
    return Optional.ofNullable(KNOWN.get(slash < 0 ? url : url.substring(0, slash)));
  }

  private static Map<String, Set<String>> read() {
    try (InputStream table = ConditionClaims.class.getResourceAsStream(TABLE)) {
      if (table == null) {
        throw new IllegalStateException(TABLE + " is missing");
      }
      Map<String, Set<String>> known = new HashMap<>();
      new String(table.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .skip(1)
          .forEach(line -> {
            String[] cells = line.split("\t", -1);
            if (cells.length != 2) {
              throw new IllegalStateException(TABLE + " has a bad row: " + line);
            }
            known.put(cells[0], Set.of(cells[1].split(",", -1)));
          });
      return Map.copyOf(known);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
