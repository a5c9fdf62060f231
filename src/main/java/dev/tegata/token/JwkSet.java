package dev.tegata.token;

import dev.tegata.json.JsonValue.JsonArray;
import dev.tegata.json.JsonValue.JsonObject;
import dev.tegata.token.JwkSet.IndexedKey.Unusable;
import dev.tegata.token.JwkSet.IndexedKey.Usable;
import java.security.PublicKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An issuer's public keys by their key ids, ready to verify with.
///
/// A key without `kid` is passed over, of two with the same `kid` the later counts, and `alg` is
/// not looked at: the token's header chooses, among what fits the key. More than 100 RSA keys, and
/// none of them verifies anything; AWS does the same.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc7517#section-5>
public final class JwkSet {
  /// The longest document that is read, in characters.
  public static final int MAX_LENGTH = 1 << 20;

  private static final int MAX_KEYS = 1_000;
  private static final int MAX_RSA_KEYS = 100;

  private final Map<KeyId, IndexedKey> keys;
  private final boolean hasTooManyRsaKeys;
  private final Crypto crypto;

  /// A key of a set, or why it cannot be used.
  sealed interface IndexedKey {

    record Usable(PublicKey key, KeyType type) implements IndexedKey {}

    record Unusable(String why) implements IndexedKey {}
  }

  private JwkSet(Map<KeyId, IndexedKey> keys, boolean hasTooManyRsaKeys, Crypto crypto) {
    this.keys = Map.copyOf(keys);
    this.hasTooManyRsaKeys = hasTooManyRsaKeys;
    this.crypto = crypto;
  }

  /// Reads the document that an issuer's `jwks_uri` names.
  ///
  /// A key that cannot be used stays in the set as such: what is wrong with it is told when a token
  /// asks for it, and the other keys are good.
  ///
  /// @throws IllegalArgumentException when it is not a JWK set, or larger than there is reason for
  public static JwkSet read(String json, Crypto crypto) {
    if (json.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("a JWK set longer than " + MAX_LENGTH + " characters");
    }
    if (!(JsonObject.parse(json).members().get("keys") instanceof JsonArray(var items))) {
      throw new IllegalArgumentException("a JWK set has a list `keys`");
    }
    if (items.size() > MAX_KEYS) {
      throw new IllegalArgumentException("a JWK set of more than " + MAX_KEYS + " keys");
    }
    List<JsonObject> jwks =
        items.stream().filter(JsonObject.class::isInstance).map(JsonObject.class::cast).toList();
    JwkReader reader = new JwkReader(crypto);
    Map<KeyId, IndexedKey> keys = new HashMap<>();
    for (JsonObject jwk : jwks) {
      jwk.text("kid").ifPresent(kid -> keys.put(new KeyId(kid), reader.read(jwk)));
    }
    long rsaKeys = jwks.stream().filter(jwk -> jwk.text("kty").equals(Optional.of("RSA"))).count();
    return new JwkSet(keys, rsaKeys > MAX_RSA_KEYS, crypto);
  }

  /// Whether it has no key at all, usable or not.
  public boolean isEmpty() {
    return keys.isEmpty();
  }

  /// The key for a token that names `keyId` and is signed with `algorithm`.
  IndexedKey named(KeyId keyId, JwsAlgorithm algorithm) {
    IndexedKey key = keys.get(keyId);
    return key == null
        ? new Unusable("the set has no key `" + keyId + "`")
        : fitted(key, algorithm);
  }

  /// The key for a token that names none: the only one there is.
  IndexedKey single(JwsAlgorithm algorithm) {
    List<IndexedKey> usable = keys.values().stream().filter(Usable.class::isInstance).toList();
    return usable.size() == 1
        ? fitted(usable.getFirst(), algorithm)
        : new Unusable("the token names no key, and the set has " + usable.size());
  }

  private IndexedKey fitted(IndexedKey key, JwsAlgorithm algorithm) {
    return switch (key) {
      case Usable(_, var type) when type != algorithm.keyType() ->
          new Unusable("a key of type %s does not fit %s".formatted(type.jwkName(), algorithm));
      case Usable(_, var type) when type == KeyType.RSA && hasTooManyRsaKeys ->
          new Unusable("the set has more than " + MAX_RSA_KEYS + " RSA keys");
      case Usable _, Unusable _ -> key;
    };
  }

  Crypto crypto() {
    return crypto;
  }
}
