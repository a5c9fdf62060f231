package dev.tegata.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.database.Database;
import dev.tegata.database.Sealed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatingRingTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final byte[] PLAIN = "a session".getBytes(UTF_8);

  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
  private final KeyRing master = KeyRing.create();
  private Database database;
  private SealedSecrets store;

  @BeforeEach
  void open(@TempDir Path folder) {
    database = Database.open(folder.resolve("test.db"));
    store = new SealedSecrets(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private RotatingRing ring() {
    return new RotatingRing(store, master, "test", now::get);
  }

  private void pass(Duration time) {
    now.set(now.get().plus(time));
  }

  @Test
  void what_was_sealed_before_a_rotation_is_opened_after_it() {
    RotatingRing ring = ring();
    byte[] sealed = ring.seal(PLAIN, "p");
    ring.rotate();
    assertThat(ring.open(sealed, "p")).hasValue(PLAIN);
    assertThat(ring.open(ring.seal(PLAIN, "p"), "p")).hasValue(PLAIN);
  }

  @Test
  void another_key_seals_after_a_rotation() {
    RotatingRing ring = ring();
    byte[] before = ring.seal(PLAIN, "p");
    ring.rotate();
    assertThat(Arrays.copyOf(ring.seal(PLAIN, "p"), 5)).isNotEqualTo(Arrays.copyOf(before, 5));
  }

  @Test
  void a_ring_outlives_a_restart() {
    byte[] sealed = ring().seal(PLAIN, "p");
    ring().rotate();
    assertThat(ring().open(sealed, "p")).hasValue(PLAIN);
  }

  @Test
  void a_rotation_is_due_once_a_day() {
    RotatingRing ring = ring();
    pass(RotatingRing.PERIOD.minusSeconds(1));
    assertThat(ring.rotateIfDue()).isFalse();
    pass(Duration.ofSeconds(1));
    assertThat(ring.rotateIfDue()).isTrue();
    assertThat(ring.rotateIfDue()).isFalse();
  }

  @Test
  void a_key_opens_for_as_long_as_a_session_can_live_and_is_then_thrown_away() {
    RotatingRing ring = ring();
    byte[] sealed = ring.seal(PLAIN, "p");
    ring.rotate();
    pass(RotatingRing.RETENTION.minusSeconds(1));
    ring.rotate();
    assertThat(ring.open(sealed, "p")).hasValue(PLAIN);
    pass(Duration.ofSeconds(1));
    ring.rotate();
    assertThat(ring.open(sealed, "p")).isEmpty();
  }

  @Test
  void a_server_opens_what_another_one_sealed_with_a_newer_key() {
    RotatingRing mine = ring();
    RotatingRing others = ring();
    others.rotate();
    assertThat(mine.open(others.seal(PLAIN, "p"), "p")).hasValue(PLAIN);
  }

  @Test
  void two_servers_that_rotate_lose_neither_key() {
    RotatingRing mine = ring();
    RotatingRing others = ring();
    mine.rotate();
    byte[] first = mine.seal(PLAIN, "p");
    others.rotate();
    byte[] second = others.seal(PLAIN, "p");
    assertThat(ring().open(first, "p")).hasValue(PLAIN);
    assertThat(ring().open(second, "p")).hasValue(PLAIN);
  }

  @Test
  void a_ring_that_was_kept_without_births_is_read() {
    KeyRing old = KeyRing.create();
    store.put("test", new Sealed(master.seal(old.unsafeText().getBytes(UTF_8), "test")));
    RotatingRing ring = ring();
    byte[] sealed = old.seal(PLAIN, "p");
    assertThat(ring.open(sealed, "p")).hasValue(PLAIN);
    assertThat(ring.rotateIfDue()).isTrue();
    assertThat(ring.open(sealed, "p")).hasValue(PLAIN);
  }

  @Test
  void nonsense_is_not_opened() {
    assertThat(ring().open(new byte[0], "p")).isEmpty();
    assertThat(ring().open(new byte[64], "p")).isEmpty();
  }

  @Test
  void nothing_is_told_of_the_keys() {
    assertThat(ring()).hasToString("RotatingRing[test, the rest hidden]");
  }
}
