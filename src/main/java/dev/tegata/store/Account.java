package dev.tegata.store;

import dev.tegata.arn.AccountId;
import java.time.Instant;
import java.util.Optional;

/// An account of the server.
///
/// One account `manages`: the one that was made first. `name` is for people, and empty where nobody
/// gave one. Of an account that is closed nobody is admitted any more.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_Account.html>
public record Account(
    AccountId id, String name, boolean manages, Instant created, Optional<Instant> closed) {

  /// An open account without a name, one among others.
  public Account(AccountId id, Instant created) {
    this(id, "", false, created, Optional.empty());
  }

  public Account called(String other) {
    return new Account(id, other, manages, created, closed);
  }

  public Account withClosed(Optional<Instant> other) {
    return new Account(id, name, manages, created, other);
  }

  public boolean isOpen() {
    return closed.isEmpty();
  }
}
