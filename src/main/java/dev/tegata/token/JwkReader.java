package dev.tegata.token;

import dev.tegata.json.JsonValue.JsonArray;
import dev.tegata.json.JsonValue.JsonObject;
import dev.tegata.json.JsonValue.JsonString;
import dev.tegata.token.JwkSet.IndexedKey;
import dev.tegata.token.JwkSet.IndexedKey.Unusable;
import dev.tegata.token.JwkSet.IndexedKey.Usable;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/// Reads one public key of a JWK set, as strictly as AWS.
///
/// Beyond AWS's rules, of which nothing is known here, RSA keys are of 2048 to 8192 bits with an
/// odd modulus and an odd exponent from 3 to 2^33, and a point must lie on its curve.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc7518#section-6>
final class JwkReader {
  private static final int MIN_RSA_BITS = 2048;
  private static final int MAX_RSA_BITS = 8192;
  private static final int MAX_EXPONENT_BITS = 33;

  private final Crypto crypto;

  JwkReader(Crypto crypto) {
    this.crypto = crypto;
  }

  IndexedKey read(JsonObject jwk) {
    if (jwk.has("use") && !jwk.text("use").equals(Optional.of("sig"))) {
      return new Unusable("the key's `use` is not `sig`");
    }
    if (jwk.has("key_ops")) {
      return new Unusable("the key has `key_ops`");
    }
    try {
      Usable key =
          switch (requireText(jwk, "kty")) {
            case "RSA" -> rsa(jwk);
            case "EC" -> ec(jwk);
            default -> throw new IllegalArgumentException("the key's type is not RSA or EC");
          };
      requireSameAsCertificate(jwk, key.key());
      return key;
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      return new Unusable(String.valueOf(e.getMessage()));
    }
  }

  private Usable rsa(JsonObject jwk) throws GeneralSecurityException {
    BigInteger modulus = new BigInteger(1, bytes(jwk, "n"));
    BigInteger exponent = new BigInteger(1, bytes(jwk, "e"));
    if (modulus.bitLength() < MIN_RSA_BITS || modulus.bitLength() > MAX_RSA_BITS) {
      throw new IllegalArgumentException(
          "the RSA key has %d bits, not %d to %d"
              .formatted(modulus.bitLength(), MIN_RSA_BITS, MAX_RSA_BITS));
    }
    if (!modulus.testBit(0)) {
      throw new IllegalArgumentException("the RSA key's modulus is even");
    }
    if (!exponent.testBit(0)
        || exponent.equals(BigInteger.ONE)
        || exponent.bitLength() > MAX_EXPONENT_BITS) {
      throw new IllegalArgumentException("the RSA key's exponent is even, 1, or very large");
    }
    RSAPublicKeySpec spec = new RSAPublicKeySpec(modulus, exponent);
    return new Usable(crypto.keyFactory("RSA").generatePublic(spec), KeyType.RSA);
  }

  private Usable ec(JsonObject jwk) throws GeneralSecurityException {
    KeyType curve =
        KeyType.curve(requireText(jwk, "crv"))
            .orElseThrow(() -> new IllegalArgumentException("the curve is not one of NIST's"));
    ECPoint point = new ECPoint(coordinate(jwk, "x", curve), coordinate(jwk, "y", curve));
    if (!curve.holds(point)) {
      throw new IllegalArgumentException("the point is not on the curve " + curve.jwkName());
    }
    ECPublicKeySpec spec = new ECPublicKeySpec(point, curve.parameters());
    return new Usable(crypto.keyFactory("EC").generatePublic(spec), curve);
  }

  private static BigInteger coordinate(JsonObject jwk, String name, KeyType curve) {
    byte[] bytes = bytes(jwk, name);
    if (bytes.length != curve.coordinateLength()) {
      throw new IllegalArgumentException(
          "the key's `%s` has %d bytes, not %d"
              .formatted(name, bytes.length, curve.coordinateLength()));
    }
    return new BigInteger(1, bytes);
  }

  /// A certificate is not believed, but one that contradicts the key spoils it.
  private static void requireSameAsCertificate(JsonObject jwk, PublicKey key)
      throws GeneralSecurityException {
    if (!jwk.has("x5c")) {
      return;
    }
    if (!(jwk.members().get("x5c") instanceof JsonArray(var chain))
        || chain.isEmpty()
        || !(chain.getFirst() instanceof JsonString(var first))) {
      throw new IllegalArgumentException("the key's `x5c` is not a list of certificates");
    }
    PublicKey certified =
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(Base64.getDecoder().decode(first)))
            .getPublicKey();
    if (!numbers(certified).equals(numbers(key))) {
      throw new IllegalArgumentException("the key's `x5c` is about another key");
    }
  }

  /// What makes two keys the same, whichever provider made them.
  private static Object numbers(PublicKey key) {
    return switch (key) {
      case RSAPublicKey rsa -> Arrays.asList(rsa.getModulus(), rsa.getPublicExponent());
      case ECPublicKey ec -> Arrays.asList(ec.getW(), ec.getParams().getOrder());
      default -> key;
    };
  }

  private static byte[] bytes(JsonObject jwk, String name) {
    return Base64Url.decode(requireText(jwk, name));
  }

  private static String requireText(JsonObject jwk, String name) {
    return jwk.text(name)
        .orElseThrow(() -> new IllegalArgumentException("the key has no `" + name + "`"));
  }
}
