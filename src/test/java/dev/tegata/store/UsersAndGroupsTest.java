package dev.tegata.store;

import static dev.tegata.store.Samples.ACCOUNT;
import static dev.tegata.store.Samples.NOON;
import static dev.tegata.store.Samples.OTHER;
import static dev.tegata.store.Samples.attached;
import static dev.tegata.store.Samples.id;
import static dev.tegata.store.Samples.inline;
import static dev.tegata.store.Samples.managed;
import static dev.tegata.store.Samples.put;
import static dev.tegata.store.Samples.role;
import static dev.tegata.store.Samples.tags;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import dev.tegata.database.Dialect;
import dev.tegata.database.Sealed;
import dev.tegata.database.TestDatabase;
import dev.tegata.store.Entity.Group;
import dev.tegata.store.Entity.InstanceProfile;
import dev.tegata.store.Entity.User;
import dev.tegata.store.Role.Permissions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What the store promises of users, groups, instance profiles and what else an account keeps, on
/// either database.
@ParameterizedClass(name = "on {0}")
@EnumSource(Dialect.class)
class UsersAndGroupsTest {
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

  @AfterEach
  void close() {
    node.close();
  }

  private Identities afterRestart() {
    node.close();
    node = new Node(database);
    return node.now();
  }

  private static User user(String name, UniqueId... groups) {
    return new User(
        id("AIDA", name),
        new EntityName(ACCOUNT, "/staff/", name),
        NOON,
        tags("Team", "z"),
        List.of(groups),
        Permissions.none());
  }

  private static Group group(String name, Permissions permissions) {
    return new Group(id("AGPA", name), new EntityName(ACCOUNT, "/", name), NOON, permissions);
  }

  private static InstanceProfile profile(String name, Role role) {
    return new InstanceProfile(
        id("AIPA", name), new EntityName(ACCOUNT, "/", name), NOON, tags("a", "b"), role.id());
  }

  private static AccessKey key(String last, User user) {
    return new AccessKey(
        new UniqueId("AKIARZPUZDIKNAAAAAA" + last),
        Arn.iam(ACCOUNT, "root"),
        new Sealed(new byte[] {7}),
        NOON,
        user.id(),
        true);
  }

  @Test
  void what_is_written_is_there_after_a_restart() {
    Group group = group("Builders", attached(managed("m")));
    User user =
        user("Alice", group.id())
            .withPermissions(new Permissions(inline("read"), List.of(), managed("bound").arn()));
    InstanceProfile profile = profile("Machine", role("deploy"));
    put(node.store, managed("m"), managed("bound"), role("deploy"), group, user, profile);
    AccessKey key = key("B", user);
    node.store.change(change -> {
      change.create(key);
      change.rename(ACCOUNT, Optional.of("acme"));
      return change;
    });
    Identities now = afterRestart();
    assertThat(now.user(ACCOUNT, "alice")).contains(user);
    assertThat(now.user(user.id())).contains(user);
    assertThat(now.user(user.arn())).contains(user);
    assertThat(now.group(ACCOUNT, "BUILDERS")).contains(group);
    assertThat(now.group(group.id())).contains(group);
    assertThat(now.members(group)).containsExactly(user);
    assertThat(now.profile(ACCOUNT, "machine")).contains(profile);
    assertThat(now.profilesOf(role("deploy"))).containsExactly(profile);
    assertThat(now.accessKeys(user)).containsExactly(key);
    assertThat(now.accessKey(key.id())).contains(key);
    assertThat(now.alias(ACCOUNT)).contains("acme");
    assertThat(now.aliased("acme")).contains(ACCOUNT);
    assertThat(now.user(OTHER, "alice")).isEmpty();
  }

  @Test
  void what_is_deleted_is_gone_with_its_memberships_and_counts() {
    Group group = group("builders", Permissions.none());
    User user = user("alice", group.id());
    InstanceProfile profile = profile("machine", role("deploy"));
    put(node.store, role("deploy"), group, user, profile);
    assertThat(node.now().count(User.class, ACCOUNT)).isOne();
    Samples.delete(node.store, user, profile);
    Identities now = afterRestart();
    assertThat(now.user(user.id())).isEmpty();
    assertThat(now.members(group)).isEmpty();
    assertThat(now.profilesOf(role("deploy"))).isEmpty();
    assertThat(now.count(User.class, ACCOUNT)).isZero();
    assertThat(now.count(InstanceProfile.class, ACCOUNT)).isZero();
    assertThat(now.count(Group.class, ACCOUNT)).isOne();
  }

  @Test
  void a_user_may_what_its_groups_may_as_long_as_it_is_in_them() {
    Group group = group("builders", new Permissions(inline("read"), List.of(), null));
    User user = user("alice", group.id());
    put(node.store, group, user);
    assertThat(node.now().permissions(user).parts()).hasSize(1);
    put(node.store, group.withPermissions(Permissions.none()));
    assertThat(node.now().permissions(user).parts()).isEmpty();
    put(node.store, group, user.withGroups(List.of()));
    assertThat(node.now().permissions(user).parts()).isEmpty();
  }

  @Test
  void who_has_a_policy_is_known_under_each_name_and_in_parts() {
    put(node.store, managed("m"));
    for (String name : List.of("a", "b", "c", "d")) {
      put(node.store, user(name).withPermissions(attached(managed("m"))));
      put(node.store, group(name, attached(managed("m"))));
    }
    Arn policy = managed("m").arn();
    assertThat(node.now().identitiesWith(User.class, ACCOUNT, policy, false))
        .extracting(User::name)
        .containsExactly("a", "b", "c", "d");
    assertThat(node.now().use(ACCOUNT, policy)).isEqualTo(new PolicyUse(policy, 8, 0));
    node.store.change(change -> {
      User before = change.now().user(ACCOUNT, "b").orElseThrow();
      change.delete(before);
      change.put(before.called(new EntityName(ACCOUNT, "/", "z")));
      return before;
    });
    assertThat(node.now().identitiesWith(User.class, ACCOUNT, policy, false))
        .extracting(User::name)
        .containsExactly("a", "c", "d", "z");
    Samples.delete(node.store, user("a"));
    assertThat(node.now().use(ACCOUNT, policy)).isEqualTo(new PolicyUse(policy, 7, 0));
  }

  @Test
  void lists_are_in_the_order_of_names_and_start_where_the_last_one_ended() {
    for (String name : List.of("b", "C", "a", "d-1", "d_1", "d.1")) {
      put(node.store, user(name), group(name, Permissions.none()), profile(name, role("r")));
    }
    List<String> ordered = List.of("a", "b", "C", "d-1", "d.1", "d_1");
    assertThat(node.now().list(User.class, ACCOUNT, Slice.first(10)))
        .extracting(User::name)
        .isEqualTo(ordered);
    assertThat(node.now().list(Group.class, ACCOUNT, Slice.first(2).behind("b")))
        .extracting(Group::name)
        .containsExactly("C", "d-1");
    assertThat(node.now().list(InstanceProfile.class, ACCOUNT, new Slice("/x/", "", 10))).isEmpty();
    assertThat(node.now().list(User.class, ACCOUNT, new Slice("/staff/", "d.1", 10)))
        .extracting(User::name)
        .containsExactly("d_1");
  }

  @Test
  void of_two_uses_the_later_one_stays_and_goes_with_its_role() {
    Role role = role("deploy");
    put(node.store, role);
    LastUse later = new LastUse(role.id().text(), NOON, "s3", "eu-central-1");
    LastUse other = new LastUse("AKIARZPUZDIKNAAAAAAC", NOON, "sts", "us-east-1");
    LastUse.write(List.of(later, other), node.database);
    LastUse.write(
        List.of(new LastUse(role.id().text(), NOON.minusSeconds(1), "iam", "us-east-1")),
        node.database);
    assertThat(node.now().lastUse(role.id())).contains(later);
    Samples.delete(node.store, role);
    assertThat(node.now().lastUse(role.id())).isEmpty();
    assertThat(node.now().lastUse(new UniqueId(other.id()))).contains(other);
  }

  @Test
  void a_record_is_replaced_listed_and_deleted_within_its_account_and_kind() {
    AccountRecord one = new AccountRecord(ACCOUNT, "key", "alice/1", "{}");
    AccountRecord two = new AccountRecord(ACCOUNT, "key", "alice/2", "{}");
    AccountRecord theirs = new AccountRecord(OTHER, "key", "alice/1", "theirs");
    AccountRecord bob = new AccountRecord(ACCOUNT, "key", "bob/1", "{}");
    AccountRecord kind = new AccountRecord(ACCOUNT, "policy", "alice/1", "{}");
    AccountRecord replaced = new AccountRecord(ACCOUNT, "key", "alice/1", "{\"a\":\"ü\"}");
    node.store.change(change -> {
      List.of(one, two, theirs, bob, kind, replaced).forEach(change::put);
      change.delete(kind);
      return change;
    });
    Identities now = afterRestart();
    assertThat(now.record(ACCOUNT, "key", "alice/1")).contains(replaced);
    assertThat(now.record(OTHER, "key", "alice/1")).contains(theirs);
    assertThat(now.record(ACCOUNT, "policy", "alice/1")).isEmpty();
    assertThat(now.records(ACCOUNT, "key", new Slice("alice/", "", 10)))
        .containsExactly(replaced, two);
    assertThat(now.records(ACCOUNT, "key", new Slice("", "alice/1", 1))).containsExactly(two);
  }
}
