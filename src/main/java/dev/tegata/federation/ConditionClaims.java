package dev.tegata.federation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.json.JsonValue;
import dev.tegata.json.JsonValue.JsonArray;
import dev.tegata.json.JsonValue.JsonBoolean;
import dev.tegata.json.JsonValue.JsonNumber;
import dev.tegata.json.JsonValue.JsonObject;
import dev.tegata.json.JsonValue.JsonString;
import dev.tegata.match.Glob;
import dev.tegata.policy.Context;
import dev.tegata.token.IdTokenClaims;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Which claims of a token are condition keys, under the provider's URL as their prefix.
///
/// For an issuer that AWS knows they are the ones that AWS offers, so that a trust policy which
/// works here works there. For any other issuer AWS offers the general ones alone; with
/// `ofAnyIssuer` all its strings, booleans and lists are keys too.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif>
public record ConditionClaims(boolean ofAnyIssuer) {
  private static final String TABLE = "/federation/condition-claims.tsv";
  private static final List<KnownIssuer> KNOWN = read();

  /// Claims that have a key of another name or form, or say nothing about who asks.
  private static final Set<String> ELSEWHERE =
      Set.of("iss", "aud", "oaud", "azp", "sub", "amr", "email", "jti", "iat", "exp", "nbf");

  /// An issuer that AWS knows, by the URLs it may have, and the claims that are keys there.
  private record KnownIssuer(Glob url, List<String> claims) {}

  /// The keys of `claims`; `url` is the provider's URL without its scheme.
  public Context keys(String url, IdTokenClaims claims) {
    Context.Builder context = Context.builder();
    put(url, claims, context);
    return context.build();
  }

  /// Adds the keys of `claims`.
  public void put(String url, IdTokenClaims claims, Context.Builder context) {
    context.put(url + ":aud", claims.audience()).put(url + ":sub", claims.subject());
    put(url + ":oaud", claims.originalAudience(), context);
    List<String> methods = claims.claims().texts("amr");
    if (!methods.isEmpty()) {
      context.putAll(url + ":amr", methods);
    }
    claims.claims().text("email").ifPresent(email -> context.put(url + ":email", email));
    JsonObject all = claims.claims().members();
    Optional<KnownIssuer> known =
        KNOWN.stream().filter(issuer -> issuer.url().matches(url)).findFirst();
    if (known.isPresent()) {
      known.get().claims().forEach(name -> putKnown(url + ":" + name, claim(all, name), context));
    } else if (ofAnyIssuer) {
      all.members()
          .forEach((name, value) -> {
            if (!ELSEWHERE.contains(name.toLowerCase(Locale.ROOT))) {
              put(url + ":" + name, value, context);
            }
          });
    }
  }

  /// The claim called `name`, or, where that is a path such as `google/organization_number`, the
  /// member of an object.
  private static Optional<JsonValue> claim(JsonObject claims, String name) {
    int slash = name.indexOf('/');
    return claims
        .member(name)
        .or(() ->
            slash > 0 && claims.members().get(name.substring(0, slash)) instanceof JsonObject object
                ? object.member(name.substring(slash + 1))
                : Optional.empty());
  }

  /// AWS's keys have one value each.
  private static void putKnown(String key, Optional<JsonValue> value, Context.Builder context) {
    switch (value.orElse(new JsonArray(List.of()))) {
      case JsonString(var text) -> context.put(key, text);
      case JsonNumber(var literal) -> context.put(key, literal);
      case JsonBoolean(var truth) -> context.put(key, Boolean.toString(truth));
      default -> {} // no such claim, or one that is more than a value
    }
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

  private static List<KnownIssuer> read() {
    try (InputStream table = ConditionClaims.class.getResourceAsStream(TABLE)) {
      if (table == null) {
        throw new IllegalStateException(TABLE + " is missing");
      }
      return new String(table.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .skip(1)
          .map(ConditionClaims::row)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static KnownIssuer row(String line) {
    String[] cells = line.split("\t", -1);
    if (cells.length != 2 || cells[0].isEmpty()) {
      throw new IllegalStateException(TABLE + " has a bad row: " + line);
    }
    List<String> claims =
        Arrays.stream(cells[1].split(",", -1)).filter(name -> !name.isEmpty()).toList();
    return new KnownIssuer(Glob.of(cells[0]), claims);
  }
}
