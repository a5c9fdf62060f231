package dev.tegata.token;

import dev.tegata.json.JsonValue;
import dev.tegata.json.JsonValue.JsonArray;
import dev.tegata.json.JsonValue.JsonObject;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;

/// A signing key as an issuer publishes it.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc7517#section-4>
public record Jwk(KeyId keyId, JwsAlgorithm algorithm, PublicKey key) {

  public Jwk {
    algorithm.requireFits(key);
  }

  /// The document that an issuer's `jwks_uri` names.
  public static JsonObject set(List<Jwk> keys) {
    List<JsonValue> items = keys.stream().map(key -> (JsonValue) key.published()).toList();
    return JsonObject.builder().put("keys", new JsonArray(items)).build();
  }

  /// The key as a member of a set: what it is for, and its numbers.
  public JsonObject published() {
    JsonObject.Builder jwk =
        JsonObject.builder()
            .put("kid", keyId.text())
            .put("alg", algorithm.name())
            .put("use", "sig");
    numbers(key).members().forEach(jwk::put);
    return jwk.build();
  }

  /// The members that make up a key itself, in the order of their names.
  static JsonObject numbers(PublicKey key) {
    return switch (key) {
      case RSAPublicKey rsa ->
          JsonObject.builder()
              .put("e", number(rsa.getPublicExponent(), bytes(rsa.getPublicExponent())))
              .put("kty", "RSA")
              .put("n", number(rsa.getModulus(), bytes(rsa.getModulus())))
              .build();
      case ECPublicKey ec -> {
        KeyType curve = KeyType.of(ec).orElseThrow(Jwk::unsupported);
        yield JsonObject.builder()
            .put("crv", curve.jwkName())
            .put("kty", "EC")
            .put("x", number(ec.getW().getAffineX(), curve.coordinateLength()))
            .put("y", number(ec.getW().getAffineY(), curve.coordinateLength()))
            .build();
      }
      default -> throw unsupported();
    };
  }

  private static IllegalArgumentException unsupported() {
    return new IllegalArgumentException("a JWK here is RSA, or EC on a curve of NIST");
  }

  private static int bytes(BigInteger number) {
    return (number.bitLength() + 7) / 8;
  }

  /// `number` in base64url, as `length` bytes with the most significant first.
  private static String number(BigInteger number, int length) {
    byte[] bytes = number.toByteArray(); // one more for the sign, or fewer for a small number
    byte[] fixed = new byte[length];
    int copied = Math.min(bytes.length, length);
    System.arraycopy(bytes, bytes.length - copied, fixed, length - copied, copied);
    return Base64Url.encode(fixed);
  }
}
