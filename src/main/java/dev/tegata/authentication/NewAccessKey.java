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

  /// Below this every letter of the alphabet stands for as many bytes as any other.
  private static final int FAIR = 256 / ALPHABET.length() * ALPHABET.length();

  /// A new key of `kind` with a secret of 40 letters and digits, which is 238 bits of chance.
  public static NewAccessKey create(UniqueId.Kind kind, AccountId account, RandomGenerator random) {
    return new NewAccessKey(
        UniqueId.create(kind, account, random), new SecretAccessKey(secret(random)));
  }

  /// Draws bytes by the block, since each draw from a generator for secrets costs a lock. A byte
  /// that would make some letters likelier than others is passed over.
  private static String secret(RandomGenerator random) {
    StringBuilder secret = new StringBuilder(SECRET_LENGTH);
    byte[] block = new byte[SECRET_LENGTH + SECRET_LENGTH / 4];
    while (secret.length() < SECRET_LENGTH) {
      random.nextBytes(block);
      for (int i = 0; i < block.length && secret.length() < SECRET_LENGTH; i++) {
        int drawn = block[i] & 0xff;
        if (drawn < FAIR) {
          secret.append(ALPHABET.charAt(drawn % ALPHABET.length()));
        }
      }
    }
    return secret.toString();
  }
}
