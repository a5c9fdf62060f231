package dev.tegata.credentials;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A user's login profile: its password, which was set at `changed`, and those that it had before,
/// the newest first.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_LoginProfile.html>
public record Login(
    Instant created,
    Instant changed,
    boolean resetRequired,
    PasswordHash password,
    List<PasswordHash> earlier) {
  /// The most that a password policy may forbid to use again, the present one included.
  private static final int MOST_REMEMBERED = 24;

  public Login {
    earlier = List.copyOf(earlier);
  }

  /// The same with a password that takes the place of the present one.
  public Login withPassword(PasswordHash next, Instant now) {
    List<PasswordHash> before = new ArrayList<>(List.of(password));
    before.addAll(earlier);
    return new Login(
        created, now, resetRequired, next, before.stream().limit(MOST_REMEMBERED - 1).toList());
  }

  public Login withResetRequired(boolean other) {
    return new Login(created, changed, other, password, earlier);
  }

  /// How much room the passwords take.
  int characters() {
    return (1 + earlier.size()) * (password.salt().length() + password.hash().length());
  }

  /// Whether `candidate` is among the last `count` passwords, the present one included.
  public boolean hadLately(PasswordHash candidate, int count) {
    return Stream.concat(Stream.of(password), earlier.stream())
        .limit(count)
        .anyMatch(candidate::matches);
  }
}
