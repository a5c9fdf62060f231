package dev.tegata.token;

import java.security.Key;
import java.util.Optional;

/// The signature algorithms that AWS takes in a web identity token.
///
/// `none`, the HMAC family (whose secret could be a public key), PSS and EdDSA are not among them.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc7518#section-3.1>
public enum JwsAlgorithm {
  RS256("SHA256withRSA", KeyType.RSA),
  RS384("SHA384withRSA", KeyType.RSA),
  RS512("SHA512withRSA", KeyType.RSA),
  ES256("SHA256withECDSAinP1363Format", KeyType.P_256),
  ES384("SHA384withECDSAinP1363Format", KeyType.P_384),
  ES512("SHA512withECDSAinP1363Format", KeyType.P_521);

  private final String javaName;
  private final KeyType keyType;

  JwsAlgorithm(String javaName, KeyType keyType) {
    this.javaName = javaName;
    this.keyType = keyType;
  }

  /// The algorithm that a header calls `name`, in exactly these letters.
  public static Optional<JwsAlgorithm> named(String name) {
    for (JwsAlgorithm algorithm : values()) {
      if (algorithm.name().equals(name)) {
        return Optional.of(algorithm);
      }
    }
    return Optional.empty();
  }

  /// Java's name of it; a signature of ECDSA is R and S side by side, as JOSE has it.
  String javaName() {
    return javaName;
  }

  KeyType keyType() {
    return keyType;
  }

  /// @throws IllegalArgumentException when `key` is not of the algorithm's type
  void requireFits(Key key) {
    if (!KeyType.of(key).equals(Optional.of(keyType))) {
      throw new IllegalArgumentException(
          "%s takes a key of type %s, not %s"
              .formatted(name(), keyType.jwkName(), key.getAlgorithm()));
    }
  }
}
