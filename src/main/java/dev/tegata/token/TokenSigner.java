package dev.tegata.token;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.json.JsonValue.JsonObject;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;

/// Signs claims with one private key.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc7515#section-5.1>
public final class TokenSigner {
  private final JwsAlgorithm algorithm;
  private final PrivateKey key;
  private final Crypto crypto;
  private final String header;

  /// @throws IllegalArgumentException when `key` is not of the algorithm's type
  public TokenSigner(KeyId keyId, JwsAlgorithm algorithm, PrivateKey key, Crypto crypto) {
    this(
        JsonObject.builder()
            .put("typ", "JWT")
            .put("alg", algorithm.name())
            .put("kid", keyId.text())
            .build(),
        algorithm,
        key,
        crypto);
  }

  /// `header` is written as it is, whether it speaks of the key and the algorithm or not.
  TokenSigner(JsonObject header, JwsAlgorithm algorithm, PrivateKey key, Crypto crypto) {
    algorithm.requireFits(key);
    this.algorithm = algorithm;
    this.key = key;
    this.crypto = crypto;
    this.header = encode(header);
  }

  /// The compact token that says `claims`, in their order.
  public String sign(JsonObject claims) {
    String signingInput = header + "." + encode(claims);
    try {
      Signature signature = crypto.signature(algorithm.javaName());
      signature.initSign(key);
      signature.update(signingInput.getBytes(ISO_8859_1));
      return signingInput + "." + Base64Url.encode(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key that was fit is not any more", e);
    }
  }

  private static String encode(JsonObject object) {
    return Base64Url.encode(object.toJson().getBytes(UTF_8));
  }
}
