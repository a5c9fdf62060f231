package dev.tegata.store;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import dev.tegata.database.Sealed;
import dev.tegata.policy.NamedPolicy;
import dev.tegata.policy.Policy;
import dev.tegata.policy.PolicyKind;
import dev.tegata.policy.PolicySet;
import dev.tegata.store.Entity.Group;
import dev.tegata.store.Entity.InstanceProfile;
import dev.tegata.store.Entity.User;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultBearing;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/// Identities as their rows are now, read by one connection. In a transaction it sees the writes of
/// that transaction.
final class IdentityRows implements Lookup {
  private static final Map<Class<? extends Entity>, Table> TABLES =
      Map.of(
          OidcProvider.class, new Table("oidc_provider", "providers"),
          Role.class, new Table("role", "roles"),
          ManagedPolicy.class, new Table("managed_policy", "policies"),
          User.class, new Table("iam_user", "user_count"),
          Group.class, new Table("iam_group", "group_count"),
          InstanceProfile.class, new Table("instance_profile", "profile_count"));

  private final Handle handle;

  /// Where entities of a type stand, and where an account tells how many it has.
  private record Table(String name, String countColumn) {}

  IdentityRows(Handle handle) {
    this.handle = handle;
  }

  @Override
  public Optional<Account> account(AccountId id) {
    return accounts().find(id);
  }

  Account.Rows accounts() {
    return new Account.Rows(handle);
  }

  @Override
  public Optional<OidcProvider> provider(EntityKey key) {
    return find(OidcProvider.class, key);
  }

  @Override
  public Optional<Role> role(EntityKey key) {
    return find(Role.class, key);
  }

  @Override
  public Optional<ManagedPolicy> policy(EntityKey key) {
    return find(ManagedPolicy.class, key);
  }

  private <E extends Entity> Optional<E> find(Class<E> type, EntityKey key) {
    return about(type, "select body from <table> where account_id = :account and name = :name", key)
        .mapTo(String.class)
        .findOne()
        .map(body -> EntityJson.read(type, body));
  }

  private Query about(Class<? extends Entity> type, String question, EntityKey key) {
    return handle
        .createQuery(question)
        .define("table", table(type))
        .bind("account", key.account())
        .bind("name", key.name());
  }

  private static Table about(Class<? extends Entity> type) {
    return Optional.ofNullable(TABLES.get(type)).orElseThrow();
  }

  static String table(Class<? extends Entity> type) {
    return about(type).name();
  }

  @Override
  public Optional<Role> role(UniqueId id) {
    return handle
        .createQuery("select body from role where id = :id")
        .bind("id", id.text())
        .mapTo(String.class)
        .findOne()
        .map(body -> EntityJson.read(Role.class, body));
  }

  /// Under which name the role of that id stands.
  Optional<EntityKey> roleKey(UniqueId id) {
    return handle
        .createQuery("select account_id, name from role where id = :id")
        .bind("id", id.text())
        .map((row, _) -> new EntityKey(row.getString("account_id"), row.getString("name")))
        .findOne();
  }

  Optional<User> user(AccountId account, String name) {
    return find(User.class, EntityKey.of(account, EntityName.key(name)));
  }

  @Override
  public Optional<User> user(UniqueId id) {
    return byId(User.class, id);
  }

  Optional<Group> group(AccountId account, String name) {
    return find(Group.class, EntityKey.of(account, EntityName.key(name)));
  }

  Optional<Group> group(UniqueId id) {
    return byId(Group.class, id);
  }

  Optional<InstanceProfile> profile(AccountId account, String name) {
    return find(InstanceProfile.class, EntityKey.of(account, EntityName.key(name)));
  }

  private <E extends Entity> Optional<E> byId(Class<E> type, UniqueId id) {
    return handle
        .createQuery("select body from <table> where id = :id")
        .define("table", table(type))
        .bind("id", id.text())
        .mapTo(String.class)
        .findOne()
        .map(body -> EntityJson.read(type, body));
  }

  /// The users who are in `group`, in the order of their names.
  List<User> members(UniqueId group) {
    return entities(
        User.class,
        handle
            .createQuery(
                "select u.body from membership m join iam_user u on u.id = m.user_id"
                    + " where m.group_id = :group order by u.name")
            .bind("group", group.text()));
  }

  List<InstanceProfile> profilesOf(UniqueId role) {
    return entities(
        InstanceProfile.class,
        handle
            .createQuery("select body from instance_profile where role_id = :role order by name")
            .bind("role", role.text()));
  }

  /// The users or groups with `policy` attached, or as their boundary, in the order of their names.
  <I extends Entity.Identity<I>> List<I> identitiesWith(
      Class<I> type, AccountId account, Arn policy, boolean asBoundary) {
    return entities(
        type,
        handle
            .createQuery(
                "select i.body from identity_attachment a join <table> i on i.id = a.identity_id"
                    + " where a.policy = :policy and i.account_id = :account"
                    + " and a.is_boundary = :boundary order by i.name")
            .define("table", table(type))
            .bind("policy", policy.toString())
            .bind("account", account.digits())
            .bind("boundary", asBoundary ? 1 : 0));
  }

  Optional<String> alias(AccountId account) {
    return handle
        .createQuery("select alias from account where id = :id and alias is not null")
        .bind("id", account.digits())
        .mapTo(String.class)
        .findOne();
  }

  Optional<AccountId> aliased(String alias) {
    return handle
        .createQuery("select id from account where alias = :alias")
        .bind("alias", alias)
        .mapTo(String.class)
        .findOne()
        .map(AccountId::new);
  }

  @Override
  public Optional<AccessKey> accessKey(UniqueId id) {
    return handle
        .createQuery("select * from access_key where id = :id")
        .bind("id", id.text())
        .map(IdentityRows::accessKey)
        .findOne();
  }

  List<AccessKey> accessKeys(AccountId account) {
    return handle
        .createQuery("select * from access_key where account_id = :account order by created_at, id")
        .bind("account", account.digits())
        .map(IdentityRows::accessKey)
        .list();
  }

  List<AccessKey> accessKeys(UniqueId user) {
    return handle
        .createQuery("select * from access_key where user_id = :user order by created_at, id")
        .bind("user", user.text())
        .map(IdentityRows::accessKey)
        .list();
  }

  private static AccessKey accessKey(ResultSet row, StatementContext context) throws SQLException {
    return new AccessKey(
        new UniqueId(row.getString("id")),
        Arn.parse(row.getString("owner")),
        new Sealed(row.getBytes("secret")),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Optional.ofNullable(row.getString("user_id")).map(UniqueId::new).orElse(null),
        row.getInt("active") == 1);
  }

  @Override
  public PolicySet permissions(UniqueId identity) {
    return grant(identity).policies();
  }

  Grant grant(UniqueId identity) {
    return Grant.read(handle, identity);
  }

  @Override
  public Optional<NamedPolicy> awsPolicy(Arn arn) {
    return handle
        .createQuery("select document from aws_managed_policy where arn = :arn")
        .bind("arn", arn.toString())
        .mapTo(String.class)
        .findOne()
        .map(document -> awsPolicy(arn.toString(), document));
  }

  static NamedPolicy awsPolicy(String arn, String document) {
    return new NamedPolicy(arn, Policy.parse(PolicyKind.IDENTITY, document));
  }

  Optional<LastUse> lastUse(UniqueId id) {
    return LastUse.find(id.text(), handle);
  }

  AccountRecord.Rows records() {
    return new AccountRecord.Rows(handle);
  }

  @Override
  public Revocations revocations() {
    return Revocations.read(handle);
  }

  @Override
  public <T> T rows(Function<IdentityRows, T> question) {
    return question.apply(this);
  }

  /// A part of an account's things of `type`, which have paths.
  <E extends Entity> List<E> list(Class<E> type, AccountId account, Slice slice) {
    String wanted = "account_id = :account and name > :name";
    String question =
        slice.pathPrefix().equals("/")
            ? "select body from <table> where " + wanted + " order by name limit :limit"
            : "select body from <table> where account_id = :account and name in"
                + " (select name from <table> where "
                + wanted
                + " and substr(path, 1, :length) = :prefix order by name limit :limit)"
                + " order by name";
    Query query =
        about(type, question, EntityKey.of(account, slice.after())).bind("limit", slice.limit());
    if (!slice.pathPrefix().equals("/")) {
      query.bind("prefix", slice.pathPrefix()).bind("length", slice.pathPrefix().length());
    }
    return entities(type, query);
  }

  List<OidcProvider> providers(AccountId account) {
    return entities(
        OidcProvider.class,
        handle
            .createQuery("select body from oidc_provider where account_id = :account order by name")
            .bind("account", account.digits()));
  }

  private static <E extends Entity> List<E> entities(Class<E> type, ResultBearing query) {
    return query.mapTo(String.class).map(body -> EntityJson.read(type, body)).list();
  }

  long count(Class<? extends Entity> type, AccountId account) {
    return handle
        .createQuery("select <column> from account where id = :account")
        .define("column", countColumn(type))
        .bind("account", account.digits())
        .mapTo(Long.class)
        .findOne()
        .orElse(0L);
  }

  static String countColumn(Class<? extends Entity> type) {
    return about(type).countColumn();
  }

  PolicyUse use(AccountId account, Arn policy) {
    return handle
        .createQuery(
            "select policy, attachments, boundaries from policy_usage"
                + " where account_id = :account and policy = :policy")
        .bind("account", account.digits())
        .bind("policy", policy.toString())
        .map((row, _) -> use(row))
        .findOne()
        .orElse(new PolicyUse(policy, 0, 0));
  }

  List<PolicyUse> uses(AccountId account) {
    return handle
        .createQuery(
            "select policy, attachments, boundaries from policy_usage"
                + " where account_id = :account order by policy")
        .bind("account", account.digits())
        .map((row, _) -> use(row))
        .list();
  }

  private static PolicyUse use(ResultSet row) throws SQLException {
    return new PolicyUse(
        Arn.parse(row.getString("policy")), row.getLong("attachments"), row.getLong("boundaries"));
  }

  List<Role> rolesWith(AccountId account, Arn policy, boolean asBoundary, Slice slice) {
    return entities(
        Role.class,
        handle
            .createQuery(
                "select r.body from attachment a"
                    + " join role r on r.account_id = a.account_id and r.name = a.role"
                    + " where a.policy = :policy and a.account_id = :account"
                    + " and a.is_boundary = :boundary and a.role > :after"
                    + " and substr(r.path, 1, :length) = :prefix order by a.role limit :limit")
            .bind("policy", policy.toString())
            .bind("account", account.digits())
            .bind("boundary", asBoundary ? 1 : 0)
            .bind("after", slice.after())
            .bind("length", slice.pathPrefix().length())
            .bind("prefix", slice.pathPrefix())
            .bind("limit", slice.limit()));
  }

  List<Role> rolesTrusting(Arn role) {
    return entities(
        Role.class,
        handle
            .createQuery(
                "select r.body from trusted t"
                    + " join role r on r.account_id = t.account_id and r.name = t.role"
                    + " where t.arn = :arn order by r.account_id, r.name")
            .bind("arn", role.toString()));
  }
}
