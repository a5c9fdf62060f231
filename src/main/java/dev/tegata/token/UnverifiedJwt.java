package dev.tegata.token;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.tegata.json.JsonReader;
import dev.tegata.json.JsonValue.JsonObject;
import java.util.Optional;

/// A compact token as it came off the wire. Nothing it claims may be believed.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc7515#section-7.1>
public final class UnverifiedJwt {
  /// The longest token that STS takes, in characters.
  public static final int MAX_LENGTH = 20_000;

  private final byte[] signingInput;
  private final byte[] signature;
  private final JsonObject header;
  private final Claims claims;

  private UnverifiedJwt(String signingInput, byte[] signature, JsonObject header, Claims claims) {
    this.signingInput = signingInput.getBytes(ISO_8859_1);
    this.signature = signature;
    this.header = header;
    this.claims = claims;
  }

  /// Takes `compact` apart.
  ///
  /// @throws IllegalArgumentException when it is not three parts of base64url, of which the first
  ///   two are JSON objects; or names no algorithm; or demands an extension, as none is understood
  public static UnverifiedJwt parse(String compact) {
    if (compact.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("longer than " + MAX_LENGTH + " characters");
    }
    int first = compact.indexOf('.');
    int second = compact.indexOf('.', first + 1);
    if (first < 0 || second < 0 || compact.indexOf('.', second + 1) >= 0) {
      throw new IllegalArgumentException("not three parts with dots between them");
    }
    JsonObject header = object("header", compact.substring(0, first));
    if (header.has("crit")) {
      throw new IllegalArgumentException("the header has `crit`, and no extension is understood");
    }
    if (header.text("alg").isEmpty() || (header.has("kid") && header.text("kid").isEmpty())) {
      throw new IllegalArgumentException("the header's `alg` and `kid` must be strings");
    }
    JsonObject claims = object("payload", compact.substring(first + 1, second));
    byte[] signature = decode("signature", compact.substring(second + 1));
    return new UnverifiedJwt(compact.substring(0, second), signature, header, new Claims(claims));
  }

  private static JsonObject object(String part, String text) {
    byte[] json = decode(part, text);
    try {
      return JsonReader.readObject(json);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the " + part + " is " + e.getMessage(), e);
    }
  }

  private static byte[] decode(String part, String text) {
    try {
      return Base64Url.decode(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the " + part + ": " + e.getMessage(), e);
    }
  }

  public JsonObject header() {
    return header;
  }

  /// What the header names as its algorithm, which may be `none` or nonsense.
  public String algorithm() {
    return header.text("alg").orElseThrow();
  }

  public Optional<KeyId> keyId() {
    return header.text("kid").map(KeyId::new);
  }

  public Claims claims() {
    return claims;
  }

  byte[] signingInput() {
    return signingInput;
  }

  byte[] signature() {
    return signature;
  }

  /// Tells the key and the algorithm; a token never gets into a log.
  @Override
  public String toString() {
    return "UnverifiedJwt[alg="
        + algorithm()
        + ", kid="
        + keyId().map(KeyId::text).orElse("")
        + "]";
  }
}
