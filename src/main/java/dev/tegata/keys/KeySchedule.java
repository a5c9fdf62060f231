package dev.tegata.keys;

import dev.tegata.token.JwsAlgorithm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Signing keys in their order, each with the moment from which it signs; at least one.
///
/// One signs until the next one does. All nodes read the same moments, so they agree on the key of
/// any time, as far as their clocks do. A key is published [#LEAD] before it signs, and for its
/// `afterlife` after it did so last: nobody meets a good token whose key is not published.
///
/// Source: <https://openid.net/specs/openid-connect-core-1_0.html#RotateSigKeys>
record KeySchedule(List<Turn> turns, Duration afterlife) {
  /// How long a relying party may go without asking for the JWK set again.
  static final Duration MAX_AGE = Duration.ofMinutes(5);

  /// From a key's publication to its first signature: twice as long as it may take until everybody
  /// has seen it, for clocks and caches that are not exact.
  static final Duration LEAD = MAX_AGE.multipliedBy(2);

  /// A key, its number in the order, and the moment from which it signs (inclusive).
  record Turn(long number, SigningKey key, Instant signsFrom) {}

  KeySchedule {
    turns = List.copyOf(turns);
  }

  /// From a key's last signature to its disappearance, where tokens live for `tokenLife`: that
  /// long, and once more as much for relying parties whose clocks are late.
  static Duration afterlife(Duration tokenLife) {
    return tokenLife.multipliedBy(2);
  }

  /// The key that signs at `now`. The first is taken for earlier times, when a clock is late.
  SigningKey signing(Instant now) {
    return current(now).key();
  }

  private Turn current(Instant now) {
    return turns.reversed().stream()
        .filter(turn -> !turn.signsFrom().isAfter(now))
        .findFirst()
        .orElse(turns.getFirst());
  }

  /// The keys that are published at `now`, the newest first.
  List<SigningKey> published(Instant now) {
    return turns.reversed().stream()
        .filter(turn -> turn.number() >= oldestPublished(now))
        .map(Turn::key)
        .toList();
  }

  /// The number of the oldest key that is published at `now`. A key disappears at the end of its
  /// afterlife (exclusive).
  long oldestPublished(Instant now) {
    List<Turn> successors = new ArrayList<>(turns.subList(1, turns.size()));
    return successors.reversed().stream()
        .filter(next -> !now.isBefore(next.signsFrom().plus(afterlife)))
        .findFirst()
        .orElse(turns.getFirst())
        .number();
  }

  Turn newest() {
    return turns.getLast();
  }

  /// Whether a next key is already waiting for its turn.
  boolean hasNext(Instant now) {
    return newest().signsFrom().isAfter(now);
  }

  /// Whether it is time to publish a next key: the newest has signed for `period`, less the lead,
  /// or is not for `algorithm`.
  boolean isDue(Instant now, JwsAlgorithm algorithm, Duration period) {
    boolean isOld = !now.isBefore(newest().signsFrom().plus(period).minus(LEAD));
    return !hasNext(now) && (isOld || newest().key().algorithm() != algorithm);
  }
}
