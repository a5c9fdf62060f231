package dev.tegata.federation;

import dev.tegata.federation.JwkSource.Answer;
import dev.tegata.federation.JwkSource.Answer.Found;
import dev.tegata.federation.JwkSource.Answer.Unavailable;
import dev.tegata.federation.JwkSource.Answer.UntrustedServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The keys of issuers, kept for a while.
///
/// One fetch at a time a location. Keys are fetched anew in the background when they are [#AGING],
/// so that nobody waits for it, and before they are used again when they are [#FRESH] old or a
/// token asks for newer ones; but not oftener than once in [#PAUSE], whatever tokens ask for. When
/// an issuer cannot be reached, or has no keys to tell, its last ones stay good for [#STALE]: a
/// short outage there stops nobody here.
public final class IssuerKeys {
  /// From this age on keys are fetched anew in the background.
  public static final Duration AGING = Duration.ofMinutes(12);

  /// How long keys are used before they are asked for again.
  public static final Duration FRESH = Duration.ofMinutes(15);

  /// How long keys outlive their issuer's being reachable.
  public static final Duration STALE = Duration.ofHours(6);

  /// The shortest time between two fetches from one location.
  public static final Duration PAUSE = Duration.ofSeconds(10);

  /// The most locations that are remembered; of more, those that have been idle are forgotten.
  private static final int MAX_LOCATIONS = 10_000;

  private final JwkSource source;
  private final Executor background;
  private final ConcurrentMap<KeyLocation, Slot> slots = new ConcurrentHashMap<>();

  /// `background` runs what nobody waits for.
  public IssuerKeys(JwkSource source, Executor background) {
    this.source = source;
    this.background = background;
  }

  /// The keys at `location`, kept or fetched.
  public Answer keys(KeyLocation location, Instant now) {
    Slot slot = slot(location, now);
    if (slot.isAging(now)) {
      background.execute(() -> slot.refresh(now));
    }
    return slot.keys(now, FRESH);
  }

  /// The keys at `location`, fetched now unless that was done a moment ago.
  public Answer newerKeys(KeyLocation location, Instant now) {
    return slot(location, now).keys(now, PAUSE);
  }

  private Slot slot(KeyLocation location, Instant now) {
    if (slots.size() >= MAX_LOCATIONS && !slots.containsKey(location)) {
      slots.values().removeIf(slot -> slot.isIdle(now));
    }
    return slots.computeIfAbsent(location, here -> new Slot(source, here));
  }

  private record Kept(Found answer, Instant fetched) {}

  /// One location's keys. Whoever holds the lock fetches; others wait for what comes of it only
  /// when they have no keys at all to go on with.
  private static final class Slot {
    private final ReentrantLock lock = new ReentrantLock();
    private final JwkSource source;
    private final KeyLocation location;
    private volatile @Nullable Kept kept;
    private volatile Instant tried = Instant.MIN;
    private Answer failure = new Unavailable("nobody has asked yet");

    Slot(JwkSource source, KeyLocation location) {
      this.source = source;
      this.location = location;
    }

    Answer keys(Instant now, Duration maxAge) {
      Optional<Found> good = youngerThan(maxAge, now);
      if (good.isPresent()) {
        return good.get();
      }
      Optional<Found> last = youngerThan(STALE, now);
      if (last.isPresent() && !lock.tryLock()) {
        return last.get(); // somebody is fetching; these are good enough meanwhile
      }
      if (!lock.isHeldByCurrentThread()) {
        lock.lock();
      }
      try {
        if (youngerThan(maxAge, now).isEmpty()) {
          fetch(now);
        }
        return youngerThan(STALE, now).map(Answer.class::cast).orElse(failure);
      } finally {
        lock.unlock();
      }
    }

    boolean isAging(Instant now) {
      return kept != null && youngerThan(AGING, now).isEmpty() && isOlder(tried, PAUSE, now);
    }

    boolean isIdle(Instant now) {
      return isOlder(tried, FRESH, now);
    }

    /// Fetches, unless somebody is at it.
    void refresh(Instant now) {
      if (lock.tryLock()) {
        try {
          if (isAging(now)) {
            fetch(now);
          }
        } finally {
          lock.unlock();
        }
      }
    }

    /// Fetches, unless that was done a moment ago.
    private void fetch(Instant now) {
      if (!isOlder(tried, PAUSE, now)) {
        return;
      }
      tried = now;
      switch (source.find(location)) {
        case Found found -> kept = new Kept(found, now);
        case Unavailable unavailable -> failure = unavailable;
        case UntrustedServer untrusted -> failure = untrusted;
      }
    }

    private Optional<Found> youngerThan(Duration age, Instant now) {
      Kept newest = kept;
      return newest != null && !isOlder(newest.fetched(), age, now)
          ? Optional.of(newest.answer())
          : Optional.empty();
    }

    private static boolean isOlder(Instant moment, Duration age, Instant now) {
      return moment.equals(Instant.MIN) || !now.isBefore(moment.plus(age));
    }
  }
}
