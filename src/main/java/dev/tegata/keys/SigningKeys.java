package dev.tegata.keys;

import dev.tegata.database.Database;
import dev.tegata.github.JobClaims;
import dev.tegata.json.JsonValue.JsonObject;
import dev.tegata.keys.KeySchedule.Turn;
import dev.tegata.token.Crypto;
import dev.tegata.token.Jwk;
import dev.tegata.token.JwkSet;
import dev.tegata.token.JwsAlgorithm;
import dev.tegata.token.TokenSigner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// A series of signing keys, sealed in the database, and their rotation: the issuer's, or one of
/// those for other clouds.
///
/// The database holds the schedule, and every node acts by it: nobody tells another anything. A
/// node reads it anew when it has not done so for [#FRESH], and whoever then finds that a next key
/// is due makes it. Of two nodes that do so at once one succeeds, and both go on with its key.
///
/// The rule of the shared state: the newest schedule that was read is in one reference; the lock
/// keeps requests of one node from making several keys at a time, and nobody waits for it but who
/// asks for a rotation.
public final class SigningKeys {
  /// How long relying parties may keep the JWK set.
  public static final Duration MAX_AGE = KeySchedule.MAX_AGE;

  /// From a rotation to the first signature of the new key.
  public static final Duration LEAD = KeySchedule.LEAD;

  /// How long a key of the issuer is published after its last signature.
  public static final Duration AFTERLIFE = KeySchedule.afterlife(JobClaims.LIFETIME);

  /// How old the schedule may be that a node acts by.
  static final Duration FRESH = Duration.ofSeconds(1);

  /// The longest life that STS gives a token for another cloud.
  ///
  /// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetWebIdentityToken.html>
  private static final Duration OUTBOUND_TOKEN_LIFE = Duration.ofHours(1);

  private static final String ISSUER = "issuer";

  private final Kept kept;
  private final Plan plan;
  private final Crypto crypto;
  private final Lock making = new ReentrantLock();
  private final AtomicReference<Known> known;

  /// Where the keys of a series are, and what opens them.
  private record Kept(Database database, KeyRing sealing, String series) {
    /// What is sealed cannot be taken for a key of another series.
    String purpose() {
      return series.equals(ISSUER) ? "signing key" : "signing key " + series;
    }
  }

  /// What keys there are to be: for which algorithm, for how long each of them signs, and how long
  /// the tokens live that it signs.
  public record Plan(JwsAlgorithm algorithm, Duration period, Duration tokenLife) {
    /// The shortest period of an issuer's key: it is used for as long, at least, as it waits and is
    /// remembered.
    public static final Duration SHORTEST = LEAD.plus(AFTERLIFE);

    private static final Duration USUAL = Duration.ofDays(30);

    /// RS256, as at GitHub, and a new key each month.
    public static final Plan STANDARD = new Plan(JwsAlgorithm.RS256, USUAL);

    public Plan {
      if (!SigningKey.ALGORITHMS.contains(algorithm)) {
        throw new IllegalArgumentException(
            "an issuer signs with RS256 or ES256, not `" + algorithm + "`");
      }
      Duration shortest = LEAD.plus(KeySchedule.afterlife(tokenLife));
      if (period.compareTo(shortest) < 0) {
        throw new IllegalArgumentException(
            "a key signs for %d minutes or longer, not for `%s`"
                .formatted(shortest.toMinutes(), period));
      }
    }

    /// Keys for the tokens of jobs.
    public Plan(JwsAlgorithm algorithm, Duration period) {
      this(algorithm, period, JobClaims.LIFETIME);
    }

    Duration afterlife() {
      return KeySchedule.afterlife(tokenLife);
    }
  }

  /// A key that was published, and the moment from which it signs.
  public record Rotation(String keyId, Instant signsFrom) {}

  private record Known(KeySchedule schedule, Instant readAt) {}

  private SigningKeys(Kept kept, Plan plan, Crypto crypto) {
    this.kept = kept;
    this.plan = plan;
    this.crypto = crypto;
    this.known =
        new AtomicReference<>(new Known(new KeySchedule(List.of(), plan.afterlife()), Instant.MIN));
  }

  /// The issuer's keys in `database`, which `sealing` opens.
  public static SigningKeys in(Database database, KeyRing sealing, Plan plan, Crypto crypto) {
    return new SigningKeys(new Kept(database, sealing, ISSUER), plan, crypto);
  }

  /// The keys in `database` for tokens that other clouds take, signed with `algorithm`: a new one
  /// each month, each remembered for as long as its tokens may live.
  public static SigningKeys forOtherClouds(
      Database database, KeyRing sealing, JwsAlgorithm algorithm, Crypto crypto) {
    return new SigningKeys(
        new Kept(database, sealing, "outbound " + algorithm),
        new Plan(algorithm, Plan.USUAL, OUTBOUND_TOKEN_LIFE),
        crypto);
  }

  /// Makes `first` the first key, which signs at once, where there is none yet. Without it, the
  /// first question makes one.
  public SigningKeys startingWith(Supplier<SigningKey> first, Instant now) {
    making.lock();
    try {
      if (read(now).turns().isEmpty()) {
        insert(new Turn(1, first.get(), now));
        read(now);
      }
      return this;
    } finally {
      making.unlock();
    }
  }

  /// The key that signs at `now`.
  public SigningKey signing(Instant now) {
    return schedule(now).signing(now);
  }

  /// Signs with the key whose turn it is at `now`.
  public TokenSigner signer(Instant now) {
    return signing(now).signer(crypto);
  }

  /// The document with the keys that are published at `now`.
  public JsonObject jwks(Instant now) {
    return Jwk.set(published(now).stream().map(SigningKey::published).toList());
  }

  /// The same, ready to verify with.
  public JwkSet jwkSet(Instant now) {
    return JwkSet.read(jwks(now).toJson(), crypto);
  }

  /// The keys that are published at `now`, the newest first.
  public List<SigningKey> published(Instant now) {
    return schedule(now).published(now);
  }

  /// Publishes a next key, unless one is published already that waits for its turn.
  public Rotation rotate(Instant now) {
    schedule(now);
    making.lock();
    try {
      KeySchedule schedule = read(now);
      Turn next = schedule.hasNext(now) ? schedule.newest() : next(schedule, now);
      return new Rotation(next.key().keyId().text(), next.signsFrom());
    } finally {
      making.unlock();
    }
  }

  private KeySchedule schedule(Instant now) {
    Known known = this.known.get();
    boolean isFresh = !now.isBefore(known.readAt()) && now.isBefore(known.readAt().plus(FRESH));
    KeySchedule schedule = isFresh ? known.schedule() : read(now);
    if (schedule.turns().isEmpty()) {
      startingWith(() -> SigningKey.create(plan.algorithm(), crypto), now);
      schedule = this.known.get().schedule();
    }
    if (schedule.isDue(now, plan.algorithm(), plan.period()) && making.tryLock()) {
      try {
        KeySchedule newest = read(now);
        if (newest.isDue(now, plan.algorithm(), plan.period())) {
          next(newest, now);
        }
        return this.known.get().schedule();
      } finally {
        making.unlock();
      }
    }
    return schedule;
  }

  /// Makes the key after the newest of `schedule`, or finds the one that another node has made.
  private Turn next(KeySchedule schedule, Instant now) {
    SigningKey key = SigningKey.create(plan.algorithm(), crypto);
    insert(new Turn(schedule.newest().number() + 1, key, now.plus(LEAD)));
    kept.database()
        .writing(handle ->
            handle
                .createUpdate("delete from signing_key where series = :series and number < :oldest")
                .bind("series", kept.series())
                .bind("oldest", schedule.oldestPublished(now))
                .execute());
    return read(now).newest();
  }

  private void insert(Turn turn) {
    kept.database()
        .writing(handle ->
            handle
                .createUpdate(
                    "insert into signing_key (series, number, signs_from, sealed)"
                        + " values (:series, :number, :from, :sealed)"
                        + " on conflict (series, number) do nothing")
                .bind("series", kept.series())
                .bind("number", turn.number())
                .bind("from", turn.signsFrom().toEpochMilli())
                .bind("sealed", kept.sealing().seal(turn.key().unsafeBytes(), kept.purpose()))
                .execute());
  }

  private KeySchedule read(Instant now) {
    KeySchedule before = known.get().schedule();
    KeySchedule schedule =
        new KeySchedule(
            kept.database()
                .read(handle ->
                    handle
                        .createQuery(
                            "select number, signs_from, sealed from signing_key"
                                + " where series = :series order by number")
                        .bind("series", kept.series())
                        .map((row, _) ->
                            turn(
                                before,
                                row.getLong("number"),
                                Instant.ofEpochMilli(row.getLong("signs_from")),
                                row.getBytes("sealed")))
                        .list()),
            plan.afterlife());
    known.set(new Known(schedule, now));
    return schedule;
  }

  /// A key does not change, so that only new ones are opened.
  private Turn turn(KeySchedule before, long number, Instant signsFrom, byte[] sealed) {
    return before.turns().stream()
        .filter(turn -> turn.number() == number)
        .findFirst()
        .orElseGet(() -> new Turn(number, open(sealed), signsFrom));
  }

  private SigningKey open(byte[] sealed) {
    return kept.sealing()
        .open(sealed, kept.purpose())
        .map(SigningKey::parse)
        .orElseThrow(
            () -> new IllegalArgumentException("a signing key was sealed under another key ring"));
  }
}
