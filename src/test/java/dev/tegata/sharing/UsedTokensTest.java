package dev.tegata.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.database.Database;
import dev.tegata.database.Dialect;
import dev.tegata.database.TestDatabase;
import dev.tegata.sharing.UsedTokens.Fingerprint;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass(name = "on {0}")
@EnumSource(Dialect.class)
class UsedTokensTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Instant EXPIRY = NOON.plusSeconds(300);
  private static final Fingerprint TOKEN = Fingerprint.ofId("https://h", "jti-1");

  @Parameter private Dialect dialect = Dialect.SQLITE;
  @TempDir private Path folder;

  private TestDatabase kept;
  private Database database;

  @BeforeEach
  void open() {
    kept = TestDatabase.create(dialect, folder);
    database = kept.open();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_token_is_let_through_once() {
    UsedTokens tokens = new UsedTokens(database);
    assertThat(tokens.use(TOKEN, EXPIRY, NOON)).isTrue();
    assertThat(tokens.use(TOKEN, EXPIRY, NOON)).isFalse();
    assertThat(tokens.use(Fingerprint.ofId("https://h", "jti-2"), EXPIRY, NOON)).isTrue();
    assertThat(new UsedTokens(database).use(TOKEN, EXPIRY, NOON)).isFalse();
  }

  @Test
  void an_id_is_its_issuers_own_and_no_token() {
    assertThat(
            List.of(
                Fingerprint.ofId("a", "b"),
                Fingerprint.ofId("a\nb", ""),
                Fingerprint.ofId("", "a\nb"),
                Fingerprint.ofId("a", "\nb"),
                Fingerprint.ofToken("a\nb")))
        .doesNotHaveDuplicates();
    assertThat(TOKEN.hex()).hasSize(64).doesNotContain("jti");
  }

  @Test
  void of_many_who_come_at_once_on_several_servers_one_is_first() throws Exception {
    try (Database other = kept.isShared() ? kept.open() : database;
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      UsedTokens here = new UsedTokens(database);
      UsedTokens there = new UsedTokens(other);
      Callable<Boolean> useHere = () -> here.use(TOKEN, EXPIRY, NOON);
      Callable<Boolean> useThere = () -> there.use(TOKEN, EXPIRY, NOON);
      int first = 0;
      for (Future<Boolean> each :
          threads.invokeAll(
              IntStream.range(0, 32).mapToObj(i -> i % 2 == 0 ? useHere : useThere).toList())) {
        first += each.get() ? 1 : 0;
      }
      assertThat(first).isEqualTo(1);
    }
  }

  @Test
  void what_has_been_expired_for_an_hour_is_taken_away() {
    UsedTokens tokens = new UsedTokens(database);
    tokens.use(TOKEN, EXPIRY, NOON);
    assertThat(tokens.prune(EXPIRY.plus(Duration.ofHours(1)))).isZero();
    assertThat(tokens.prune(EXPIRY.plus(Duration.ofHours(1)).plusMillis(1))).isEqualTo(1);
  }
}
