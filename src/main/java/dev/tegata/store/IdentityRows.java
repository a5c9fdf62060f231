package dev.tegata.store;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import dev.tegata.policy.NamedPolicy;
import dev.tegata.policy.Policy;
import dev.tegata.policy.PolicyKind;
import dev.tegata.policy.PolicySet;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultBearing;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/// Identities as their rows are now, read by one connection. In a transaction it sees the writes of
/// that transaction.
final class IdentityRows implements Lookup {
  private final Handle handle;

  IdentityRows(Handle handle) {
    this.handle = handle;
  }

  @Override
  public Set<AccountId> accounts() {
    return handle.createQuery("select id from account").mapTo(String.class).stream()
        .map(AccountId::new)
        .collect(Collectors.toUnmodifiableSet());
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

  static String table(Class<? extends Entity> type) {
    if (type == OidcProvider.class) {
      return "oidc_provider";
    }
    return type == Role.class ? "role" : "managed_policy";
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

  private static AccessKey accessKey(ResultSet row, StatementContext context) throws SQLException {
    return new AccessKey(
        new UniqueId(row.getString("id")),
        Arn.parse(row.getString("owner")),
        new Sealed(row.getBytes("secret")),
        Instant.ofEpochMilli(row.getLong("created_at")));
  }

  @Override
  public PolicySet permissions(UniqueId role) {
    return grant(role).policies();
  }

  /// One query, so that the role and its policies are of one state.
  Grant grant(UniqueId role) {
    Map<String, Map<String, String>> bodies =
        handle
            .createQuery(
                "select 'role' as kind, '' as arn, body from role where id = :id"
                    + " union all select 'customer', p.arn, p.body from role r"
                    + " join attachment a on a.account_id = r.account_id and a.role = r.name"
                    + " join managed_policy p on p.arn = a.policy where r.id = :id"
                    + " union all select 'aws', p.arn, p.document from role r"
                    + " join attachment a on a.account_id = r.account_id and a.role = r.name"
                    + " join aws_managed_policy p on p.arn = a.policy where r.id = :id")
            .bind("id", role.text())
            .map((row, _) ->
                List.of(row.getString("kind"), row.getString("arn"), row.getString("body")))
            .stream()
            .collect(
                Collectors.groupingBy(
                    List::getFirst,
                    Collectors.toMap(row -> row.get(1), List::getLast, (one, _) -> one)));
    Map<Arn, NamedPolicy> managed = new HashMap<>();
    bodies
        .getOrDefault("customer", Map.of())
        .values()
        .forEach(body -> {
          ManagedPolicy policy = EntityJson.read(ManagedPolicy.class, body);
          managed.put(policy.arn(), policy.named());
        });
    bodies
        .getOrDefault("aws", Map.of())
        .forEach((arn, document) -> managed.put(Arn.parse(arn), awsPolicy(arn, document)));
    return bodies.getOrDefault("role", Map.of()).values().stream()
        .findFirst()
        .map(body -> Grant.of(EntityJson.read(Role.class, body), managed))
        .orElse(Grant.NOTHING);
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

  private static NamedPolicy awsPolicy(String arn, String document) {
    return new NamedPolicy(arn, Policy.parse(PolicyKind.IDENTITY, document));
  }

  @Override
  public Revocations revocations() {
    return new Revocations(
        handle
            .createQuery("select * from revocation order by created_at, id")
            .map((row, _) -> revocation(row))
            .list());
  }

  private static Revocation revocation(ResultSet row) throws SQLException {
    long until = row.getLong("until_at");
    boolean lasts = row.wasNull();
    return new Revocation(
        row.getString("id"),
        new AccountId(row.getString("account_id")),
        row.getString("kind"),
        row.getString("value"),
        row.getBoolean("only_existing"),
        row.getString("reason"),
        lasts ? Optional.empty() : Optional.of(Instant.ofEpochMilli(until)),
        Instant.ofEpochMilli(row.getLong("created_at")),
        row.getString("created_by"));
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
    if (type == OidcProvider.class) {
      return "providers";
    }
    return type == Role.class ? "roles" : "policies";
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
