package dev.tegata.store;

import static dev.tegata.Golden.assertGolden;
import static dev.tegata.store.Samples.ACCOUNT;
import static dev.tegata.store.Samples.NOON;
import static dev.tegata.store.Samples.OTHER;
import static dev.tegata.store.Samples.attached;
import static dev.tegata.store.Samples.inline;
import static dev.tegata.store.Samples.managed;
import static dev.tegata.store.Samples.provider;
import static dev.tegata.store.Samples.put;
import static dev.tegata.store.Samples.role;
import static dev.tegata.store.Samples.rootKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.database.Dialect;
import dev.tegata.database.Sealed;
import dev.tegata.database.StoreException;
import dev.tegata.database.TestDatabase;
import dev.tegata.keys.SealedSecrets;
import dev.tegata.store.Role.Permissions;
import java.io.IOException;
import java.nio.file.Path;
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

/// What the store promises, on either database.
@ParameterizedClass(name = "on {0}")
@EnumSource(Dialect.class)
class IdentityStoreTest {
  @Parameter private Dialect dialect = Dialect.SQLITE;
  @TempDir private Path folder;

  private TestDatabase database;
  private Node node;

  @BeforeEach
  void open() {
    database = TestDatabase.create(dialect, folder);
    node = new Node(database);
    Samples.addAccounts(node.store);
  }

  /// What another start of the server finds.
  private Identities afterRestart() {
    node.close();
    node = new Node(database);
    return node.now();
  }

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void what_is_written_is_there_after_a_restart() {
    Role role =
        role(
            "Deploy",
            new Permissions(inline("read"), List.of(managed("m").arn()), managed("b").arn()));
    OidcProvider provider = provider("https://token.actions.githubusercontent.com");
    put(node.store, role, provider, managed("m"));
    node.store.change(change -> {
      change.create(rootKey());
      return change;
    });
    Identities now = afterRestart();
    assertThat(now.accounts("", 5)).extracting(Account::id).containsExactly(ACCOUNT, OTHER);
    assertThat(now.role(ACCOUNT, "deploy")).contains(role);
    assertThat(now.role(role.id())).contains(role);
    assertThat(now.role(role.arn())).contains(role);
    assertThat(now.role(role.arn()).orElseThrow().tags().firstEntry().getKey()).isEqualTo("Team");
    assertThat(now.provider(provider.arn())).contains(provider);
    assertThat(now.policy(managed("m").arn())).contains(managed("m"));
    assertThat(now.accessKey(rootKey().id())).contains(rootKey());
    assertThat(now.accessKeys(ACCOUNT)).containsExactly(rootKey());
  }

  @Test
  void what_is_deleted_is_gone_at_once_and_after_a_restart() {
    put(node.store, role("deploy"), provider("https://h"), managed("m"));
    node.store.change(change -> {
      change.create(rootKey());
      return change;
    });
    assertThat(node.now().role(role("deploy").id())).isPresent();
    assertThat(node.now().accessKey(rootKey().id())).isPresent();
    Samples.delete(node.store, role("deploy"), provider("https://h"), managed("m"));
    node.store.change(change -> {
      change.delete(rootKey());
      return change;
    });
    assertThat(node.now().role(ACCOUNT, "deploy")).isEmpty();
    assertThat(node.now().role(role("deploy").id())).isEmpty();
    assertThat(node.now().accessKey(rootKey().id())).isEmpty();
    Identities now = afterRestart();
    assertThat(now.roles(ACCOUNT)).isEmpty();
    assertThat(now.providers(ACCOUNT)).isEmpty();
    assertThat(now.policies(ACCOUNT)).isEmpty();
    assertThat(now.accessKeys(ACCOUNT)).isEmpty();
  }

  @Test
  void a_change_sees_its_own_writes_and_nobody_else_does_before_it_ends() {
    node.store.change(change -> {
      change.put(role("deploy"));
      assertThat(change.now().role(ACCOUNT, "deploy")).contains(role("deploy"));
      assertThat(change.now().roleCount(ACCOUNT)).isEqualTo(1);
      assertThat(node.now().role(ACCOUNT, "deploy")).isEmpty();
      assertThat(node.now().roles(ACCOUNT)).isEmpty();
      return change;
    });
    assertThat(node.now().role(ACCOUNT, "deploy")).contains(role("deploy"));
    assertThat(node.now().roles(ACCOUNT)).containsExactly(role("deploy"));
  }

  @Test
  void a_change_that_throws_leaves_nothing_behind() {
    assertThatThrownBy(() ->
            node.store.change(change -> {
              change.put(role("deploy"));
              throw new IllegalStateException("on second thought");
            }))
        .hasMessage("on second thought");
    assertThat(node.now().role(ACCOUNT, "deploy")).isEmpty();
    assertThat(afterRestart().roles(ACCOUNT)).isEmpty();
    assertThat(node.now().roleCount(ACCOUNT)).isZero();
  }

  @Test
  void a_change_that_the_database_refuses_leaves_nothing_behind() {
    Role stranger = role(new AccountId("999999999999"), "/", "r");
    assertThatThrownBy(() -> put(node.store, role("deploy"), stranger))
        .hasMessageContainingAll("constraint");
    assertThat(node.now().roles(ACCOUNT)).isEmpty();
  }

  @Test
  void of_many_creators_of_one_name_on_many_servers_one_wins() throws Exception {
    try (Node other = database.isShared() ? new Node(database) : node;
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Boolean> here = () -> create(node, "deploy");
      Callable<Boolean> there = () -> create(other, "deploy");
      List<Future<Boolean>> created =
          threads.invokeAll(
              IntStream.range(0, 16).mapToObj(i -> i % 2 == 0 ? here : there).toList());
      int winners = 0;
      for (Future<Boolean> each : created) {
        winners += each.get() ? 1 : 0;
      }
      assertThat(winners).isEqualTo(1);
    }
  }

  private static boolean create(Node node, String name) {
    return node.store.change(change -> {
      boolean first = change.now().role(ACCOUNT, name).isEmpty();
      if (first) {
        change.put(role(name));
      }
      return first;
    });
  }

  @Test
  void names_differ_by_more_than_case_and_arns_by_case_too() {
    put(node.store, role("Deploy"), managed("Read"));
    Identities now = node.now();
    assertThat(now.role(ACCOUNT, "DEPLOY")).isPresent();
    assertThat(now.role(OTHER, "Deploy")).isEmpty();
    assertThat(now.role(Arn.iam(ACCOUNT, "role/ci/Deploy"))).isPresent();
    assertThat(now.role(Arn.iam(ACCOUNT, "role/ci/deploy"))).isEmpty();
    assertThat(now.role(Arn.iam(ACCOUNT, "role/Deploy"))).isEmpty();
    assertThat(now.policy(ACCOUNT, "READ")).isPresent();
    assertThat(now.policy(Arn.iam(ACCOUNT, "policy/read"))).isEmpty();
  }

  @Test
  void a_provider_is_found_by_the_very_issuer() {
    put(node.store, provider("https://Host/p"));
    Identities now = node.now();
    assertThat(now.provider(ACCOUNT, "https://Host/p")).isPresent();
    assertThat(List.of("http://Host/p", "https://host/p", "https://Host/p/", "Host/p", ""))
        .allSatisfy(issuer -> assertThat(now.provider(ACCOUNT, issuer)).isEmpty());
    assertThat(now.provider(OTHER, "https://Host/p")).isEmpty();
  }

  @Test
  void what_was_not_there_is_found_when_it_comes() {
    assertThat(node.now().role(ACCOUNT, "deploy")).isEmpty();
    assertThat(node.now().role(role("deploy").id())).isEmpty();
    assertThat(node.now().policy(managed("m").arn())).isEmpty();
    assertThat(node.now().provider(ACCOUNT, "https://h")).isEmpty();
    assertThat(node.now().permissions(role("deploy")).parts()).isEmpty();
    put(node.store, role("deploy", attached(managed("m"))), managed("m"), provider("https://h"));
    assertThat(node.now().role(ACCOUNT, "deploy")).isPresent();
    assertThat(node.now().role(role("deploy").id())).isPresent();
    assertThat(node.now().policy(managed("m").arn())).isPresent();
    assertThat(node.now().provider(ACCOUNT, "https://h")).isPresent();
    assertThat(node.now().permissions(role("deploy")).parts()).hasSize(1);
  }

  @Test
  void the_permissions_of_a_role_are_its_inline_and_attached_policies_within_its_boundary() {
    Arn aws = Arn.parse("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess");
    Arn managed = managed("m").arn();
    Role role = role("r", new Permissions(inline("own"), List.of(managed, aws), managed));
    put(node.store, role, managed("m"));
    assertThat(node.now().permissions(role).parts())
        .extracting(part -> part.policy().name())
        .containsExactlyInAnyOrder("own", managed.toString(), aws.toString(), managed.toString());
    assertThat(node.now().permissions(role)).isSameAs(node.now().permissions(role));
  }

  @Test
  void permissions_follow_the_policies_that_they_come_from() {
    Role role = role("r", attached(managed("m")));
    put(node.store, role, managed("m"), managed("n"));
    assertThat(node.now().permissions(role).parts()).hasSize(1);
    put(node.store, managed("m").withVersions(second()).withDefault(2));
    assertThat(node.now().permissions(role).parts().getFirst().policy().policy().toJson())
        .contains("arn:aws:s3:::second/*");
    Samples.delete(node.store, managed("m"));
    assertThat(node.now().permissions(role).parts()).isEmpty();
  }

  private static List<ManagedPolicy.Version> second() {
    return List.of(new ManagedPolicy.Version(2, Samples.read("arn:aws:s3:::second/*"), NOON));
  }

  @Test
  void a_role_of_an_older_state_brings_none_of_its_old_permissions_along() {
    Role before = role("r", new Permissions(inline("own"), List.of(), null));
    put(node.store, before);
    assertThat(node.now().permissions(before).parts()).hasSize(1);
    put(node.store, before.withPermissions(Permissions.none()));
    assertThat(node.now().permissions(before).parts()).isEmpty();
  }

  @Test
  void a_role_whose_boundary_is_gone_may_do_nothing_until_it_is_back() {
    Role role = role("r", new Permissions(inline("own"), List.of(), managed("gone").arn()));
    put(node.store, role);
    assertThat(node.now().permissions(role).parts()).isEmpty();
    put(node.store, managed("gone"));
    assertThat(node.now().permissions(role).parts()).hasSize(2);
  }

  @Test
  void a_role_that_is_made_anew_under_its_name_is_another_one() {
    put(node.store, role("r"));
    Role first = node.now().role(ACCOUNT, "r").orElseThrow();
    Role second =
        new Role(
            Samples.id("AROA", "second"),
            first.entity(),
            NOON,
            first.trust(),
            "",
            first.maxSession(),
            Samples.tags(),
            new Permissions(inline("own"), List.of(), null));
    assertThat(node.now().role(first.id())).isPresent();
    put(node.store, second);
    assertThat(node.now().role(first.id())).isEmpty();
    assertThat(node.now().permissions(first).parts()).isEmpty();
    assertThat(node.now().role(second.id())).contains(second);
    assertThat(node.now().permissions(second).parts()).hasSize(1);
    assertThat(node.now().roleCount(ACCOUNT)).isEqualTo(1);
  }

  @Test
  void entities_are_stored_in_this_form() throws IOException {
    Role role = role("Deploy", new Permissions(inline("read"), List.of(managed("m").arn()), null));
    assertGolden(
        "store/entities.txt",
        String.join(
            "\n",
            EntityJson.write(provider("https://h/p")),
            EntityJson.write(role),
            EntityJson.write(managed("m"))));
  }

  @Test
  void an_entity_that_cannot_be_read_is_nobodys() {
    node.database.writing(handle ->
        handle.execute(
            "insert into role (account_id, name, body, id, path)"
                + " values ('123456789012', 'r', '{\"id\":1}', 'x', '/')"));
    assertThatThrownBy(() -> node.now().role(ACCOUNT, "r"))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("the database holds a Role that cannot be read");
  }

  @Test
  void a_sealed_secret_is_kept_by_name_and_replaced() {
    SealedSecrets secrets = new SealedSecrets(node.database);
    Sealed one = new Sealed(new byte[] {1});
    Sealed two = new Sealed(new byte[] {2});
    assertThat(secrets.isEmpty()).isTrue();
    assertThat(secrets.find("ring")).isEmpty();
    assertThat(secrets.putIfAbsent("ring", one)).isEqualTo(one);
    assertThat(secrets.putIfAbsent("ring", two)).isEqualTo(one);
    secrets.put("ring", two);
    assertThat(secrets.find("ring")).contains(two);
    assertThat(secrets.isEmpty()).isFalse();
  }
}
