package dev.tegata.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.database.Sealed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/// A key ring that gets a new key from time to time, and keeps the old ones for as long as what
/// they have sealed is good.
///
/// It lies in the database, sealed under the master key. Several servers may share it: each reads
/// it anew when it meets something that was sealed with a key which it does not know, so nothing is
/// lost while another server rotates. Whoever makes up key ids waits: it is read once in [#PAUSE],
/// for all who ask meanwhile. Of two that rotate at once, one gives way.
///
/// The rule of the shared state: the reference holds an immutable state, which is replaced whole;
/// `begun`, when the last reading of that kind began, belongs to who holds the lock.
public final class RotatingRing implements Sealing {
  /// How long a key seals.
  public static final Duration PERIOD = Duration.ofDays(1);

  /// How long a key opens after it was replaced: the longest life of a session, 36 hours, and the
  /// time after which every server has noticed the new key.
  public static final Duration RETENTION = Duration.ofHours(38);

  private static final Duration PAUSE = Duration.ofMillis(50);

  private final SealedSecrets store;
  private final KeyRing master;
  private final String name;
  private final InstantSource clock;
  private final AtomicReference<State> current;
  private final Lock reading = new ReentrantLock();
  private long begun = System.nanoTime() - PAUSE.toNanos();

  /// The ring, when each of its keys came, and how it lies in the database.
  private record State(KeyRing ring, SequencedMap<Integer, Instant> births, Sealed stored) {

    Instant newest() {
      return births.sequencedValues().getLast();
    }
  }

  /// The ring called `name`, made now if it is not there.
  ///
  /// @throws IllegalArgumentException when it was sealed under another master key
  public RotatingRing(SealedSecrets store, KeyRing master, String name, InstantSource clock) {
    this.store = store;
    this.master = master;
    this.name = name;
    this.clock = clock;
    if (store.find(name).isEmpty()) {
      KeyRing ring = KeyRing.create();
      SequencedMap<Integer, Instant> births = new LinkedHashMap<>();
      ring.keyIds().forEach(id -> births.put(id, clock.instant()));
      store.putIfAbsent(name, sealed(ring, births));
    }
    this.current = new AtomicReference<>(load());
  }

  @Override
  public byte[] seal(byte[] plain, String purpose) {
    return current.get().ring().seal(plain, purpose);
  }

  @Override
  public Optional<byte[]> open(byte[] sealed, String purpose) {
    State state = current.get();
    if (!state.ring().names(sealed)) {
      state = readAfter(System.nanoTime()); // perhaps another server has rotated
    }
    return state.ring().open(sealed, purpose);
  }

  /// The ring as it was read at the moment `asked` or later.
  private State readAfter(long asked) {
    reading.lock();
    try {
      if (begun - asked < 0) {
        LockSupport.parkNanos(begun + PAUSE.toNanos() - System.nanoTime());
        begun = System.nanoTime();
        current.set(load());
      }
      return current.get();
    } finally {
      reading.unlock();
    }
  }

  /// Rotates if the key that seals has done so for its [#PERIOD]; whether it did.
  public boolean rotateIfDue() {
    State state = load();
    current.set(state);
    return !clock.instant().isBefore(state.newest().plus(PERIOD)) && rotate(state);
  }

  /// Rotates now. What was sealed before can be opened for [#RETENTION] more.
  public void rotate() {
    while (!rotate(load())) {
      Thread.onSpinWait(); // another server was faster; its key is not ours
    }
  }

  private boolean rotate(State before) {
    Instant now = clock.instant();
    KeyRing grown = before.ring().withNewKey();
    SequencedMap<Integer, Instant> births = new LinkedHashMap<>(before.births());
    grown.keyIds().forEach(id -> births.putIfAbsent(id, now));
    Set<Integer> living = living(births, now);
    births.keySet().retainAll(living);
    KeyRing ring = grown.withOnly(living);
    Sealed next = sealed(ring, births);
    if (!store.replace(name, before.stored(), next)) {
      return false;
    }
    current.set(new State(ring, births, next));
    return true;
  }

  /// The keys that sealed within the [#RETENTION]: the newest, and those whose successor is young.
  private static Set<Integer> living(SequencedMap<Integer, Instant> births, Instant now) {
    Set<Integer> living = new HashSet<>();
    List<Integer> ids = List.copyOf(births.sequencedKeySet());
    for (int i = 0; i < ids.size(); i++) {
      boolean isNewest = i == ids.size() - 1;
      if (isNewest || now.isBefore(birth(births, ids.get(i + 1)).plus(RETENTION))) {
        living.add(ids.get(i));
      }
    }
    return living;
  }

  private static Instant birth(SequencedMap<Integer, Instant> births, int id) {
    return births.getOrDefault(id, Instant.EPOCH);
  }

  private State load() {
    Sealed stored =
        store
            .find(name)
            .orElseThrow(() -> new IllegalStateException("the key ring " + name + " is gone"));
    String text =
        new String(
            master
                .open(stored.bytes(), name)
                .orElseThrow(() ->
                    new IllegalArgumentException(
                        "the master key is not the one that this database was made with")),
            UTF_8);
    int end = text.startsWith("{") ? 0 : text.indexOf('\n') + 1; // at first there were no births
    KeyRing ring = KeyRing.parse(text.substring(end));
    return new State(ring, births(text.substring(0, end), ring), stored);
  }

  /// The ring with a line before it: the ids of its keys and the seconds of their births.
  private Sealed sealed(KeyRing ring, SequencedMap<Integer, Instant> births) {
    StringBuilder text = new StringBuilder();
    births.forEach(
        (id, birth) -> text.append(id).append('=').append(birth.getEpochSecond()).append(' '));
    text.append('\n').append(ring.unsafeText());
    return new Sealed(master.seal(text.toString().getBytes(UTF_8), name));
  }

  private static SequencedMap<Integer, Instant> births(String line, KeyRing ring) {
    SequencedMap<Integer, Instant> births = new LinkedHashMap<>();
    for (String entry : line.strip().split(" ", -1)) {
      int equals = entry.indexOf('=');
      if (equals > 0) {
        births.put(
            Integer.valueOf(entry.substring(0, equals)),
            Instant.ofEpochSecond(Long.parseLong(entry.substring(equals + 1))));
      }
    }
    ring.keyIds().forEach(id -> births.putIfAbsent(id, Instant.EPOCH));
    return births;
  }

  @Override
  public String toString() {
    return "RotatingRing[" + name + ", the rest hidden]";
  }
}
