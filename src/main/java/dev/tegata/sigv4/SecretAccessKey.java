package dev.tegata.sigv4;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Arrays;

/// The secret half of an access key. It never shows itself in a text by accident.
public final class SecretAccessKey {
  private final String secret;

  public SecretAccessKey(String secret) {
    this.secret = secret;
  }

  /// The secret as text, for the one answer that hands it to its owner.
  public String reveal() {
    return secret;
  }

  /// The key that the derivation starts from.
  byte[] seed() {
    return ("AWS4" + secret).getBytes(UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SecretAccessKey that && MessageDigest.isEqual(seed(), that.seed());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(seed());
  }

  @Override
  public String toString() {
    return "SecretAccessKey[hidden]";
  }
}
