package dev.tegata.store;

import java.time.Instant;
import java.util.Optional;

/// Something that was given and is to be refused from now on.
///
/// What `kind` and `value` mean is for those to say who ask. It holds until `until` (exclusive), or
/// until it is deleted. `by` is who revoked it.
public record Revocation(
    String id,
    String kind,
    String value,
    String reason,
    Optional<Instant> until,
    Instant created,
    String by) {

  /// Whether it still holds at `now`.
  public boolean holds(Instant now) {
    return until.isEmpty() || now.isBefore(until.get());
  }
}
