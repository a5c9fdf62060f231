package dev.tegata.store;

import static dev.tegata.Golden.assertGolden;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import dev.tegata.policy.Policy;
import dev.tegata.policy.PolicyKind;
import dev.tegata.store.ManagedPolicy.Version;
import dev.tegata.store.Role.Permissions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityStoreTest {
  private static final AccountId ACCOUNT = new AccountId("123456789012");
  private static final AccountId OTHER = new AccountId("210987654321");
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final String TRUST =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole",\
      "Principal":{"AWS":"123456789012"}}]}\
      """;
  private static final String READ =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject",\
      "Resource":"*"}]}\
      """;

  @TempDir private Path folder;

  private Database open() {
    return Database.open(folder.resolve("tegata.db"));
  }

  private static IdentityStore storeWithAccounts(Database database) {
    IdentityStore store = new IdentityStore(database);
    return store.change(change -> {
      change.createAccount(ACCOUNT, NOON);
      change.createAccount(OTHER, NOON);
      return store;
    });
  }

  private static SequencedMap<String, String> tags(String... keysAndValues) {
    SequencedMap<String, String> tags = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      tags.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return tags;
  }

  private static Role role(String name, Permissions permissions) {
    return new Role(
        new UniqueId("AROARZPUZDIKN" + "AAAAAAAA"),
        new EntityName(ACCOUNT, "/ci/", name),
        NOON,
        Policy.parse(PolicyKind.TRUST, TRUST),
        "builds",
        Duration.ofHours(2),
        tags("Team", "z", "Area", ""),
        permissions);
  }

  private static Role role(String name) {
    return role(name, new Permissions(none(), List.of(), null));
  }

  private static SequencedMap<String, Policy> none() {
    return new LinkedHashMap<>();
  }

  private static SequencedMap<String, Policy> inline(String name) {
    SequencedMap<String, Policy> inline = none();
    inline.put(name, Policy.parse(PolicyKind.IDENTITY, READ));
    return inline;
  }

  private static ManagedPolicy managed(String name) {
    return new ManagedPolicy(
        new UniqueId("ANPARZPUZDIKN" + "BBBBBBBB"),
        new EntityName(ACCOUNT, "/", name),
        NOON,
        "reads",
        tags(),
        List.of(new Version(1, Policy.parse(PolicyKind.IDENTITY, READ), NOON)),
        1,
        1);
  }

  private static OidcProvider provider(String issuer) {
    return new OidcProvider(
        ACCOUNT, issuer, List.of("sts.amazonaws.com", "b"), List.of(), tags("a", "b"), NOON);
  }

  private static AccessKey rootKey() {
    return new AccessKey(
        new UniqueId("AKIARZPUZDIKNAAAAAAA"),
        Arn.iam(ACCOUNT, "root"),
        new Sealed(new byte[] {1, 2, 3}),
        NOON);
  }

  @Test
  void what_is_written_is_there_after_a_restart() {
    Role role =
        role(
            "Deploy",
            new Permissions(inline("read"), List.of(managed("m").arn()), managed("b").arn()));
    OidcProvider provider = provider("https://token.actions.githubusercontent.com");
    try (Database database = open()) {
      IdentityStore store = storeWithAccounts(database);
      store.change(change -> {
        change.put(role);
        change.put(provider);
        change.put(managed("m"));
        change.create(rootKey());
        return role;
      });
    }
    try (Database database = open()) {
      Identities now = new IdentityStore(database).now();
      assertThat(now.accounts()).containsExactlyInAnyOrder(ACCOUNT, OTHER);
      assertThat(now.role(ACCOUNT, "deploy")).contains(role);
      assertThat(now.role(role.id())).contains(role);
      assertThat(now.role(role.arn())).contains(role);
      assertThat(now.role(role.arn()).orElseThrow().tags().firstEntry().getKey()).isEqualTo("Team");
      assertThat(now.provider(provider.arn())).contains(provider);
      assertThat(now.policy(managed("m").arn())).contains(managed("m"));
      assertThat(now.accessKey(rootKey().id())).contains(rootKey());
    }
  }

  @Test
  void what_is_deleted_is_gone_after_a_restart() {
    try (Database database = open()) {
      IdentityStore store = storeWithAccounts(database);
      store.change(change -> {
        change.put(role("deploy"));
        change.put(provider("https://h"));
        change.put(managed("m"));
        change.create(rootKey());
        return change;
      });
      store.change(change -> {
        change.delete(role("deploy"));
        change.delete(provider("https://h"));
        change.delete(managed("m"));
        change.delete(rootKey());
        return change;
      });
      assertThat(store.now().roles(ACCOUNT)).isEmpty();
    }
    try (Database database = open()) {
      Identities now = new IdentityStore(database).now();
      assertThat(now.roles(ACCOUNT)).isEmpty();
      assertThat(now.providers(ACCOUNT)).isEmpty();
      assertThat(now.policies(ACCOUNT)).isEmpty();
      assertThat(now.accessKeys(ACCOUNT)).isEmpty();
    }
  }

  @Test
  void a_state_that_a_reader_holds_never_changes() {
    try (Database database = open()) {
      IdentityStore store = storeWithAccounts(database);
      Identities before = store.now();
      store.change(change -> {
        change.put(role("deploy"));
        assertThat(change.now().role(ACCOUNT, "deploy")).isPresent();
        assertThat(store.now().role(ACCOUNT, "deploy")).isEmpty();
        return change;
      });
      assertThat(before.roles(ACCOUNT)).isEmpty();
      assertThat(store.now().roles(ACCOUNT)).containsExactly(role("deploy"));
    }
  }

  @Test
  void a_change_that_throws_leaves_nothing_behind() {
    try (Database database = open()) {
      IdentityStore store = storeWithAccounts(database);
      assertThatThrownBy(() ->
              store.change(change -> {
                change.put(role("deploy"));
                throw new IllegalStateException("on second thought");
              }))
          .hasMessage("on second thought");
      assertThat(store.now().roles(ACCOUNT)).isEmpty();
      assertThat(new IdentityStore(database).now().roles(ACCOUNT)).isEmpty();
    }
  }

  @Test
  void a_change_that_the_database_refuses_leaves_nothing_behind() {
    try (Database database = open()) {
      IdentityStore store = new IdentityStore(database); // and no account
      assertThatThrownBy(() ->
              store.change(change -> {
                change.put(role("deploy"));
                return change;
              }))
          .hasMessageContaining("FOREIGN KEY");
      assertThat(store.now().roles(ACCOUNT)).isEmpty();
    }
  }

  @Test
  void of_many_creators_of_one_name_one_wins() throws Exception {
    try (Database database = open();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      IdentityStore store = storeWithAccounts(database);
      Callable<Boolean> create =
          () ->
              store.change(change -> {
                boolean first = change.now().role(ACCOUNT, "deploy").isEmpty();
                if (first) {
                  change.put(role("deploy"));
                }
                return first;
              });
      List<Future<Boolean>> created =
          threads.invokeAll(IntStream.range(0, 16).mapToObj(_ -> create).toList());
      int winners = 0;
      for (Future<Boolean> each : created) {
        winners += each.get() ? 1 : 0;
      }
      assertThat(winners).isEqualTo(1);
    }
  }

  @Test
  void names_differ_by_more_than_case_and_arns_by_case_too() {
    try (Database database = open()) {
      IdentityStore store = storeWithAccounts(database);
      store.change(change -> {
        change.put(role("Deploy"));
        change.put(managed("Read"));
        return change;
      });
      Identities now = store.now();
      assertThat(now.role(ACCOUNT, "DEPLOY")).isPresent();
      assertThat(now.role(OTHER, "Deploy")).isEmpty();
      assertThat(now.role(Arn.iam(ACCOUNT, "role/ci/Deploy"))).isPresent();
      assertThat(now.role(Arn.iam(ACCOUNT, "role/ci/deploy"))).isEmpty();
      assertThat(now.role(Arn.iam(ACCOUNT, "role/Deploy"))).isEmpty();
      assertThat(now.policy(ACCOUNT, "READ")).isPresent();
      assertThat(now.policy(Arn.iam(ACCOUNT, "policy/read"))).isEmpty();
    }
  }

  @Test
  void a_provider_is_found_by_the_very_issuer() {
    try (Database database = open()) {
      IdentityStore store = storeWithAccounts(database);
      store.change(change -> {
        change.put(provider("https://Host/p"));
        return change;
      });
      Identities now = store.now();
      assertThat(now.provider(ACCOUNT, "https://Host/p")).isPresent();
      assertThat(List.of("http://Host/p", "https://host/p", "https://Host/p/", "Host/p", ""))
          .allSatisfy(issuer -> assertThat(now.provider(ACCOUNT, issuer)).isEmpty());
      assertThat(now.provider(OTHER, "https://Host/p")).isEmpty();
    }
  }

  @Test
  void the_permissions_of_a_role_are_its_inline_and_attached_policies_within_its_boundary() {
    Arn aws = Arn.parse("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess");
    Arn managed = managed("m").arn();
    Role role = role("r", new Permissions(inline("own"), List.of(managed, aws), managed));
    try (Database database = open()) {
      IdentityStore store = storeWithAccounts(database);
      store.change(change -> {
        change.put(role);
        change.put(managed("m"));
        return change;
      });
      assertThat(store.now().permissions(role).parts())
          .extracting(part -> part.policy().name())
          .containsExactlyInAnyOrder("own", managed.toString(), aws.toString(), managed.toString());
      assertThat(store.now().permissions(role)).isSameAs(store.now().permissions(role));
    }
  }

  @Test
  void a_role_of_an_older_state_brings_none_of_its_old_permissions_along() {
    Role before = role("r", new Permissions(inline("own"), List.of(), null));
    try (Database database = open()) {
      IdentityStore store = storeWithAccounts(database);
      store.change(change -> {
        change.put(before);
        return change;
      });
      store.change(change -> {
        change.put(before.withPermissions(Permissions.none()));
        return change;
      });
      assertThat(store.now().permissions(before).parts()).isEmpty();
    }
  }

  @Test
  void a_role_whose_boundary_is_gone_may_do_nothing() {
    Role role = role("r", new Permissions(inline("own"), List.of(), managed("gone").arn()));
    try (Database database = open()) {
      IdentityStore store = storeWithAccounts(database);
      store.change(change -> {
        change.put(role);
        return change;
      });
      assertThat(store.now().permissions(role).parts()).isEmpty();
    }
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
  void an_entity_that_cannot_be_read_keeps_the_store_from_opening() {
    try (Database database = open()) {
      storeWithAccounts(database);
      database
          .jdbi()
          .useHandle(h -> h.execute("insert into role values ('123456789012', 'r', '{\"id\":1}')"));
      assertThatThrownBy(() -> new IdentityStore(database))
          .isInstanceOf(StoreException.class)
          .hasMessageStartingWith("the database holds a Role that cannot be read");
    }
  }

  @Test
  void a_sealed_secret_is_kept_by_name_and_replaced() {
    try (Database database = open()) {
      SealedSecrets secrets = new SealedSecrets(database);
      assertThat(secrets.find("ring")).isEmpty();
      secrets.put("ring", new Sealed(new byte[] {1}));
      secrets.put("ring", new Sealed(new byte[] {2}));
      assertThat(secrets.find("ring")).contains(new Sealed(new byte[] {2}));
      assertThat(secrets.find("ring").orElseThrow()).hasToString("Sealed[1 bytes]");
    }
  }
}
