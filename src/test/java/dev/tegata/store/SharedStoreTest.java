package dev.tegata.store;

import static dev.tegata.store.Samples.ACCOUNT;
import static dev.tegata.store.Samples.NOON;
import static dev.tegata.store.Samples.attached;
import static dev.tegata.store.Samples.inline;
import static dev.tegata.store.Samples.managed;
import static dev.tegata.store.Samples.provider;
import static dev.tegata.store.Samples.put;
import static dev.tegata.store.Samples.role;
import static dev.tegata.store.Samples.rootKey;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.database.Dialect;
import dev.tegata.database.TestDatabase;
import dev.tegata.store.ManagedPolicy.Version;
import dev.tegata.store.Role.Permissions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two servers on one database: what one writes, the other sees soon.
class SharedStoreTest {
  /// How long is waited for. A second would do on a machine that has nothing else to do, and the
  /// bench tells how long it takes; a test is not to fail because the machine is busy.
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private final TestDatabase database = TestDatabase.create(Dialect.POSTGRESQL, Path.of(""));
  private Node here;
  private Node there;

  @BeforeEach
  void open() {
    here = new Node(database);
    there = new Node(database);
    Samples.addAccounts(here.store);
  }

  @AfterEach
  void close() {
    here.close();
    there.close();
  }

  static void becomesTrue(BooleanSupplier question) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!question.getAsBoolean()) {
      assertThat(System.nanoTime()).as("it is not seen in time").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  @Test
  void a_new_thing_of_each_kind_is_seen_though_it_was_looked_for_before() {
    Role role = role("r", attached(managed("m")));
    assertThat(there.now().role(ACCOUNT, "r")).isEmpty();
    assertThat(there.now().role(role.id())).isEmpty();
    assertThat(there.now().permissions(role).parts()).isEmpty();
    assertThat(there.now().policy(managed("m").arn())).isEmpty();
    assertThat(there.now().provider(ACCOUNT, "https://h")).isEmpty();
    assertThat(there.now().accessKey(rootKey().id())).isEmpty();
    put(here.store, role, managed("m"), provider("https://h"));
    here.store.change(change -> {
      change.create(rootKey());
      return change;
    });
    becomesTrue(() -> there.now().accessKey(rootKey().id()).isPresent());
    assertThat(there.now().role(ACCOUNT, "r")).contains(role);
    assertThat(there.now().role(role.id())).contains(role);
    assertThat(there.now().permissions(role).parts()).hasSize(1);
    assertThat(there.now().policy(managed("m").arn())).isPresent();
    assertThat(there.now().provider(ACCOUNT, "https://h")).isPresent();
  }

  @Test
  void what_is_taken_away_is_gone() {
    Role role = role("r", new Permissions(inline("own"), List.of(managed("m").arn()), null));
    put(here.store, role, managed("m"));
    becomesTrue(() -> there.now().permissions(role).parts().size() == 2);
    Version second = new Version(2, Samples.read("arn:aws:s3:::two/*"), NOON);
    put(here.store, managed("m").withVersions(List.of(second)).withDefault(2));
    becomesTrue(() ->
        there.now().permissions(role).parts().stream()
            .anyMatch(part -> part.policy().policy().toJson().contains("two")));
    put(here.store, role.withPermissions(Permissions.none()));
    becomesTrue(() -> there.now().permissions(role).parts().isEmpty());
    Samples.delete(here.store, role);
    becomesTrue(() -> there.now().role(role.id()).isEmpty());
    assertThat(there.now().role(ACCOUNT, "r")).isEmpty();
  }

  @Test
  void a_word_that_is_lost_costs_a_moment() {
    assertThat(there.now().role(ACCOUNT, "r")).isEmpty();
    here.store.change(change -> {
      change.put(role("r"));
      return change;
    });
    here.database.writing(handle -> {
      handle.execute("update revision set number = number + 1");
      handle.execute(
          "insert into change_log (revision, kind, account_id, name)"
              + " select number, 'ROLE', '123456789012', 's' from revision");
      handle.execute(
          "insert into role (account_id, name, body, id, path) values ('123456789012', 's', ?, ?,"
              + " '/ci/')",
          EntityJson.write(role("s")),
          role("s").id().text());
    });
    becomesTrue(() -> there.now().role(ACCOUNT, "s").isPresent());
  }

  @Test
  void a_server_that_missed_more_than_the_log_holds_forgets_everything() {
    assertThat(there.now().role(ACCOUNT, "s")).isEmpty();
    here.database.writing(handle -> {
      handle.execute("update revision set number = number + 9, forgotten = number + 8");
      handle.execute(
          "insert into role (account_id, name, body, id, path) values ('123456789012', 's', ?, ?,"
              + " '/ci/')",
          EntityJson.write(role("s")),
          role("s").id().text());
    });
    becomesTrue(() -> there.now().role(ACCOUNT, "s").isPresent());
  }

  @Test
  void a_kind_of_change_that_this_program_does_not_know_of_makes_it_forget_everything() {
    assertThat(there.now().role(ACCOUNT, "s")).isEmpty();
    here.database.writing(handle -> {
      handle.execute("update revision set number = number + 1");
      handle.execute(
          "insert into change_log (revision, kind, account_id, name)"
              + " select number, 'LATER', '', 'x' from revision");
      handle.execute(
          "insert into role (account_id, name, body, id, path) values ('123456789012', 's', ?, ?,"
              + " '/ci/')",
          EntityJson.write(role("s")),
          role("s").id().text());
    });
    becomesTrue(() -> there.now().role(ACCOUNT, "s").isPresent());
  }

  @Test
  void the_log_is_pruned() {
    here.database.writing(handle -> handle.execute("update revision set number = 10998"));
    put(here.store, role("a"));
    put(here.store, role("b"));
    long kept =
        here.database.read(handle ->
            handle
                .createQuery("select count(*) from change_log where revision <= 1000")
                .mapTo(Long.class)
                .one());
    assertThat(kept).isZero();
    becomesTrue(() -> there.now().role(ACCOUNT, "b").equals(Optional.of(role("b"))));
  }
}
