package dev.tegata.authentication;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.random.RandomGenerator;

/// The secret half of an access key: whoever knows it can sign.
public final class SecretAccessKey {
  /// Letters and digits only: a client that cannot carry `/` or `+` need not ask again.
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private static final int LENGTH = 40;

  private final String text;

  /// A secret that is already known to somebody.
  public SecretAccessKey(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("a secret access key is not empty");
    }
    this.text = text;
  }

  /// A new secret of 40 letters and digits, which is 238 bits of chance.
  public static SecretAccessKey create(RandomGenerator random) {
    StringBuilder text = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return new SecretAccessKey(text.toString());
  }

  /// The secret itself: for the signing key, and for the one answer that hands it out.
  public String unsafeText() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SecretAccessKey key
        && MessageDigest.isEqual(text.getBytes(UTF_8), key.text.getBytes(UTF_8));
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "SecretAccessKey[hidden]";
  }
}
