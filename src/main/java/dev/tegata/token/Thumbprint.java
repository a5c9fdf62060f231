package dev.tegata.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;

/// A key's SHA-256 thumbprint in base64url: the same for the same key, wherever it is published.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc7638#section-3>
public record Thumbprint(String text) {

  public static Thumbprint of(PublicKey key) {
    try {
      byte[] json = Jwk.numbers(key).toJson().getBytes(UTF_8);
      return new Thumbprint(Base64Url.encode(MessageDigest.getInstance("SHA-256").digest(json)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
