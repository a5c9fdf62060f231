package dev.tegata.store;

import dev.tegata.arn.AccountId;
import java.time.Instant;
import java.util.Optional;

/// Something that `account` gave and that is to be refused from now on.
///
/// What `kind` and `value` mean is for those to say who ask. It holds until `until` (exclusive), or
/// until it is deleted; when it is about `onlyExisting`, what is given after `created` is not
/// concerned. `by` is who revoked it.
public record Revocation(
    String id,
    AccountId account,
    String kind,
    String value,
    boolean onlyExisting,
    String reason,
    Optional<Instant> until,
    Instant created,
    String by) {

  /// Whether it still holds at `now`.
  public boolean holds(Instant now) {
    return until.isEmpty() || now.isBefore(until.get());
  }
}
