package dev.tegata.authentication;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.UniqueId;
import dev.tegata.sigv4.SecretAccessKey;
import java.util.random.RandomGenerator;

/// An access key that was just made: its id and its secret.
public record NewAccessKey(UniqueId id, SecretAccessKey secret) {
  /// Letters and digits only: a client that cannot carry `/` or `+` need not ask again.
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private static final int SECRET_LENGTH = 40;

  /// A new key of `kind` with a secret of 40 letters and digits, which is 238 bits of chance.
  public static NewAccessKey create(UniqueId.Kind kind, AccountId account, RandomGenerator random) {
    StringBuilder secret = new StringBuilder(SECRET_LENGTH);
    for (int i = 0; i < SECRET_LENGTH; i++) {
      secret.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return new NewAccessKey(
        UniqueId.create(kind, account, random), new SecretAccessKey(secret.toString()));
  }
}
