package dev.tegata.arn;

import java.util.random.RandomGenerator;

/// The twelve decimal digits that name an account, such as `123456789012`.
///
/// Kept as text: leading zeros are part of the identifier.
///
/// Source: <https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html>
public record AccountId(String digits) {
  private static final int LENGTH = 12;

  public AccountId {
    if (digits.length() != LENGTH || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new IllegalArgumentException("an account id is 12 digits, not `" + digits + "`");
    }
  }

  /// An id by chance, without zeros at its front.
  public static AccountId create(RandomGenerator random) {
    return new AccountId(Long.toString(random.nextLong(100_000_000_000L, 1_000_000_000_000L)));
  }

  /// The account's number, for what encodes it.
  public long number() {
    return Long.parseLong(digits);
  }

  @Override
  public String toString() {
    return digits;
  }
}
