package dev.tegata.federation;

import dev.tegata.federation.JwkSource.Answer;
import dev.tegata.federation.JwkSource.Answer.Found;
import dev.tegata.federation.JwkSource.Answer.Unavailable;
import dev.tegata.token.JwkSet;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The keys of issuers, kept for a while.
///
/// One fetch at a time an issuer. Keys are fetched anew when they are [#FRESH] old, or when a token
/// asks for newer ones, but not oftener than once in [#PAUSE], whatever tokens ask for. When an
/// issuer cannot be reached its last keys stay good for [#STALE]: a short outage there stops nobody
/// here.
public final class IssuerKeys {
  /// How long keys are used before they are asked for again.
  public static final Duration FRESH = Duration.ofMinutes(15);

  /// How long keys outlive their issuer's being reachable.
  public static final Duration STALE = Duration.ofHours(6);

  /// The shortest time between two fetches from one issuer.
  public static final Duration PAUSE = Duration.ofSeconds(10);

  private final JwkSource source;
  private final ConcurrentMap<String, Slot> slots = new ConcurrentHashMap<>();

  public IssuerKeys(JwkSource source) {
    this.source = source;
  }

  /// The keys of `issuer`, kept or fetched.
  public Answer keys(String issuer, Instant now) {
    return slot(issuer).keys(now, FRESH);
  }

  /// The keys of `issuer`, fetched now unless that was done a moment ago.
  public Answer newerKeys(String issuer, Instant now) {
    return slot(issuer).keys(now, PAUSE);
  }

  private Slot slot(String issuer) {
    return slots.computeIfAbsent(issuer, name -> new Slot(source, name));
  }

  private record Kept(JwkSet keys, Instant fetched) {}

  /// One issuer's keys. Whoever holds the lock fetches; others wait for what comes of it only when
  /// they have no keys at all to go on with.
  private static final class Slot {
    private final ReentrantLock lock = new ReentrantLock();
    private final JwkSource source;
    private final String issuer;
    private volatile @Nullable Kept kept;
    private Instant tried = Instant.MIN;
    private String failure = "";

    Slot(JwkSource source, String issuer) {
      this.source = source;
      this.issuer = issuer;
    }

    Answer keys(Instant now, Duration maxAge) {
      Kept kept = this.kept;
      if (kept != null && !isOlder(kept.fetched(), maxAge, now)) {
        return new Found(kept.keys());
      }
      if (kept != null && !isOlder(kept.fetched(), STALE, now) && !lock.tryLock()) {
        return new Found(kept.keys()); // somebody is fetching; these are good enough meanwhile
      }
      if (!lock.isHeldByCurrentThread()) {
        lock.lock();
      }
      try {
        if ((this.kept == null || isOlder(this.kept.fetched(), maxAge, now))
            && isOlder(tried, PAUSE, now)) {
          fetch(now);
        }
        Kept newest = this.kept;
        return newest != null && !isOlder(newest.fetched(), STALE, now)
            ? new Found(newest.keys())
            : new Unavailable(failure);
      } finally {
        lock.unlock();
      }
    }

    private void fetch(Instant now) {
      tried = now;
      switch (source.find(issuer)) {
        case Found(var found) -> kept = new Kept(found, now);
        case Unavailable(var reason) -> failure = reason;
      }
    }

    private static boolean isOlder(Instant moment, Duration age, Instant now) {
      return moment.equals(Instant.MIN) || !now.isBefore(moment.plus(age));
    }
  }
}
