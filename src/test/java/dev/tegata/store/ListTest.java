package dev.tegata.store;

import static dev.tegata.store.Samples.ACCOUNT;
import static dev.tegata.store.Samples.NOON;
import static dev.tegata.store.Samples.OTHER;
import static dev.tegata.store.Samples.attached;
import static dev.tegata.store.Samples.managed;
import static dev.tegata.store.Samples.put;
import static dev.tegata.store.Samples.role;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.database.Dialect;
import dev.tegata.database.TestDatabase;
import dev.tegata.store.Role.Permissions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Lists and counts, a part at a time, on either database.
@ParameterizedClass(name = "on {0}")
@EnumSource(Dialect.class)
class ListTest {
  @Parameter private Dialect dialect = Dialect.SQLITE;
  @TempDir private Path folder;

  private Node node;

  @BeforeEach
  void open() {
    node = new Node(TestDatabase.create(dialect, folder));
    Samples.addAccounts(node.store);
  }

  @AfterEach
  void close() {
    node.close();
  }

  private static List<String> names(List<Role> roles) {
    return roles.stream().map(Role::name).toList();
  }

  @Test
  void roles_come_in_the_order_of_the_bytes_of_their_names_whatever_the_language() {
    put(node.store, role("b"), role("_a"), role("A"), role("a-b"), role("ab"), role("a.c"));
    put(node.store, role("a1"), role("a+"), role("Z"));
    assertThat(names(node.now().roles(ACCOUNT, Slice.first(100))))
        .containsExactly("_a", "A", "a+", "a-b", "a.c", "a1", "ab", "b", "Z");
  }

  @Test
  void parts_follow_each_other_to_the_end() {
    for (int i = 0; i < 7; i++) {
      put(node.store, role("r" + i), role(OTHER, "/", "o" + i));
    }
    List<String> found = new ArrayList<>();
    Slice slice = Slice.first(3);
    List<Role> part = node.now().roles(ACCOUNT, slice);
    while (!part.isEmpty()) {
      found.addAll(names(part));
      slice = slice.behind(part.getLast().key());
      part = node.now().roles(ACCOUNT, slice);
    }
    assertThat(found).containsExactly("r0", "r1", "r2", "r3", "r4", "r5", "r6");
    assertThat(names(node.now().roles(ACCOUNT))).isEqualTo(found);
  }

  @Test
  void a_path_prefix_is_compared_byte_by_byte() {
    put(
        node.store,
        role(ACCOUNT, "/ci/", "a"),
        role(ACCOUNT, "/ci/x/", "b"),
        role(ACCOUNT, "/CI/", "c"),
        role(ACCOUNT, "/", "d"),
        role(ACCOUNT, "/c%/", "e"));
    assertThat(names(node.now().roles(ACCOUNT, new Slice("/ci/", "", 9))))
        .containsExactly("a", "b");
    assertThat(names(node.now().roles(ACCOUNT, new Slice("/ci/", "a", 9)))).containsExactly("b");
    assertThat(names(node.now().roles(ACCOUNT, new Slice("/c", "", 2)))).containsExactly("a", "b");
    assertThat(names(node.now().roles(ACCOUNT, new Slice("/c%", "", 9)))).containsExactly("e");
    assertThat(names(node.now().roles(ACCOUNT, new Slice("/", "c", 9)))).containsExactly("d", "e");
  }

  @Test
  void an_account_knows_how_many_it_has() {
    put(node.store, role("a"), role("b"), managed("m"), Samples.provider("https://h"));
    put(node.store, role("a"), managed("m"), Samples.provider("https://h"));
    assertThat(node.now().roleCount(ACCOUNT)).isEqualTo(2);
    assertThat(node.now().policyCount(ACCOUNT)).isEqualTo(1);
    assertThat(node.now().providerCount(ACCOUNT)).isEqualTo(1);
    Samples.delete(node.store, role("a"), role("a"), managed("m"));
    assertThat(node.now().roleCount(ACCOUNT)).isEqualTo(1);
    assertThat(node.now().policyCount(ACCOUNT)).isZero();
    assertThat(node.now().roleCount(OTHER)).isZero();
  }

  @Test
  void a_policy_knows_which_roles_refer_to_it_and_how() {
    ManagedPolicy m = managed("m");
    ManagedPolicy n = managed("n");
    put(node.store, m, n, role("a", attached(m, n)), role("b", attached(m)));
    put(node.store, role("c", Permissions.none().withBoundary(m.arn())));
    assertThat(node.now().use(ACCOUNT, m.arn())).isEqualTo(new PolicyUse(m.arn(), 2, 1));
    assertThat(node.now().uses(ACCOUNT))
        .containsExactly(new PolicyUse(m.arn(), 2, 1), new PolicyUse(n.arn(), 1, 0));
    assertThat(names(node.now().rolesWith(ACCOUNT, m.arn(), false, Slice.first(9))))
        .containsExactly("a", "b");
    assertThat(names(node.now().rolesWith(ACCOUNT, m.arn(), false, Slice.first(9).behind("a"))))
        .containsExactly("b");
    assertThat(names(node.now().rolesWith(ACCOUNT, m.arn(), true, new Slice("/ci/", "", 1))))
        .containsExactly("c");
    assertThat(node.now().rolesWith(ACCOUNT, m.arn(), true, new Slice("/x/", "", 1))).isEmpty();
    put(node.store, role("a", attached(n)), role("c"));
    Samples.delete(node.store, role("b"));
    assertThat(node.now().use(ACCOUNT, m.arn()).isUsed()).isFalse();
    assertThat(node.now().uses(ACCOUNT)).containsExactly(new PolicyUse(n.arn(), 1, 0));
  }

  @Test
  void a_role_knows_who_trusts_it_in_whatever_account() {
    Role trusted = role("trusted");
    Role here = role("here").withTrust(Samples.trust(trusted.arn().toString()));
    Role far = role(OTHER, "/", "far").withTrust(Samples.trust(trusted.arn().toString()));
    put(node.store, trusted, here, far);
    assertThat(names(node.now().rolesTrusting(trusted.arn()))).containsExactly("here", "far");
    put(node.store, here.withTrust(Samples.trust("123456789012")));
    assertThat(names(node.now().rolesTrusting(trusted.arn()))).containsExactly("far");
  }

  @Test
  void revocations_are_found_by_what_they_revoke_until_they_end() {
    Revocation lasting =
        new Revocation(
            "r-1", ACCOUNT, "session", "ASIA1", false, "lost", Optional.empty(), NOON, "root");
    Revocation ending =
        new Revocation(
            "r-2",
            ACCOUNT,
            "session",
            "ASIA2",
            true,
            "",
            Optional.of(NOON.plusSeconds(9)),
            NOON,
            "root");
    assertThat(node.now().revocations().all()).isEmpty();
    node.store.change(change -> {
      change.put(lasting);
      change.put(ending);
      return change;
    });
    Revocations now = node.now().revocations();
    assertThat(now.all()).containsExactly(lasting, ending);
    assertThat(now.find("session", "ASIA1", it -> it.holds(NOON.plus(Duration.ofDays(9)))))
        .contains(lasting);
    assertThat(now.find("session", "ASIA2", it -> it.holds(NOON.plusSeconds(8)))).contains(ending);
    assertThat(now.find("session", "ASIA2", it -> it.holds(NOON.plusSeconds(9)))).isEmpty();
    assertThat(now.find("role", "ASIA1", it -> it.holds(NOON))).isEmpty();
    node.store.change(change -> {
      change.delete(lasting);
      return change;
    });
    assertThat(node.now().revocations().all()).containsExactly(ending);
  }
}
