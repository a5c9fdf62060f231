package dev.tegata.credentials;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/// What is kept of a password: PBKDF2 with HMAC-SHA-512, in hexadecimal, the salt and how many
/// rounds it took. The password itself is nowhere.
///
/// All passwords that one login has had share a salt, so that a new one is compared with each of
/// them at the cost of one hash; no two logins share one.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc8018#section-5.2> Source:
/// <https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#pbkdf2>
public record PasswordHash(String salt, String hash, int rounds) {
  private static final int ROUNDS = 210_000;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BITS = 512;

  /// The hash of a login's first password.
  public static PasswordHash create(String password, RandomGenerator random) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return new PasswordHash(HexFormat.of().formatHex(salt), "", ROUNDS).of(password);
  }

  /// The hash of another password of the same login.
  public PasswordHash of(String password) {
    PBEKeySpec key =
        new PBEKeySpec(password.toCharArray(), HexFormat.of().parseHex(salt), rounds, HASH_BITS);
    try {
      byte[] derived =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(key).getEncoded();
      return new PasswordHash(salt, HexFormat.of().formatHex(derived), rounds);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform has no PBKDF2 with HMAC-SHA-512", e);
    } finally {
      key.clearPassword();
    }
  }

  /// Whether both are of the same password of the same login; told in constant time.
  public boolean matches(PasswordHash other) {
    return salt.equals(other.salt)
        && rounds == other.rounds
        && MessageDigest.isEqual(
            HexFormat.of().parseHex(hash), HexFormat.of().parseHex(other.hash));
  }

  @Override
  public String toString() {
    return "PasswordHash[hidden]";
  }
}
