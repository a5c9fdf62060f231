package dev.tegata.store;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import dev.tegata.policy.Policy;
import dev.tegata.sharing.Touched;
import dev.tegata.store.Entity.Group;
import dev.tegata.store.Entity.InstanceProfile;
import dev.tegata.store.Entity.User;
import dev.tegata.store.Lookup.EntityKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/// One [IdentityStore#change]: its transaction, in which it reads the newest state and writes.
public final class Change {
  private final Handle handle;
  private final IdentityRows rows;
  private final Identities now;
  private final SequencedSet<Touched> touched;

  Change(Handle handle, SequencedSet<Touched> touched) {
    this.handle = handle;
    this.touched = touched;
    this.rows = new IdentityRows(handle);
    this.now = new Identities(rows);
  }

  /// The state, with what was written so far.
  public Identities now() {
    return now;
  }

  /// Adds an account, which must not be there yet.
  public void create(Account account) {
    handle
        .createUpdate(
            "insert into account (id, name, manages, created_at, closed_at)"
                + " values (:id, :name, :manages, :created, :closed)")
        .bind("id", account.id().digits())
        .bind("name", account.name())
        .bind("manages", account.manages() ? Optional.of(1) : Optional.empty())
        .bind("created", account.created().toEpochMilli())
        .bind("closed", account.closed().map(Instant::toEpochMilli))
        .execute();
    touched.add(Kind.touched(account));
  }

  /// Closes an account, or opens it again.
  public void setClosed(Account account) {
    handle
        .createUpdate("update account set closed_at = :closed where id = :id")
        .bind("closed", account.closed().map(Instant::toEpochMilli))
        .bind("id", account.id().digits())
        .execute();
    touched.add(Kind.touched(account));
  }

  /// Adds `entity`, or replaces the one of its kind that has its name.
  public void put(Entity entity) {
    boolean isNew =
        switch (entity) {
          case Role role -> put(role);
          case ManagedPolicy policy -> put(policy);
          case OidcProvider provider -> put(provider);
          case User user -> put(user);
          case Group group -> put(group);
          case InstanceProfile profile -> put(profile);
        };
    if (isNew) {
      count(entity, 1);
    }
    touched.add(Kind.of(entity));
  }

  private boolean put(Role role) {
    Optional<Role> before = rows.role(key(role));
    upsert(
            role,
            "insert into role (account_id, name, body, id, path)"
                + " values (:account, :name, :body, :id, :path)"
                + " on conflict (account_id, name) do update set"
                + " body = excluded.body, id = excluded.id, path = excluded.path")
        .bind("id", role.id().text())
        .bind("path", role.entity().path())
        .execute();
    new References(handle, role).change(before, Optional.of(role));
    before.ifPresent(old -> touched.add(Kind.touchedRole(old.id())));
    touched.add(Kind.touchedRole(role.id()));
    return before.isEmpty();
  }

  private boolean put(ManagedPolicy policy) {
    boolean isNew = rows.policy(key(policy)).isEmpty();
    upsert(
            policy,
            "insert into managed_policy (account_id, name, body, arn, path)"
                + " values (:account, :name, :body, :arn, :path)"
                + " on conflict (account_id, name) do update set"
                + " body = excluded.body, arn = excluded.arn, path = excluded.path")
        .bind("arn", policy.arn().toString())
        .bind("path", policy.entity().path())
        .execute();
    return isNew;
  }

  private boolean put(OidcProvider provider) {
    boolean isNew = rows.provider(key(provider)).isEmpty();
    upsert(
            provider,
            "insert into oidc_provider (account_id, name, body)"
                + " values (:account, :name, :body)"
                + " on conflict (account_id, name) do update set body = excluded.body")
        .execute();
    return isNew;
  }

  private boolean put(User user) {
    Optional<User> before = rows.user(user.account(), user.name());
    upsertWithId("iam_user", user, user.id(), user.entity().path()).execute();
    new References(handle, user).change(before, Optional.of(user));
    join(user, user.groups());
    return before.isEmpty();
  }

  private void join(User user, List<UniqueId> groups) {
    handle.execute("delete from membership where user_id = ?", user.id().text());
    groups.forEach(group ->
        handle.execute(
            "insert into membership (user_id, group_id) values (?, ?)",
            user.id().text(),
            group.text()));
  }

  private boolean put(Group group) {
    Optional<Group> before = rows.group(group.account(), group.name());
    upsertWithId("iam_group", group, group.id(), group.entity().path()).execute();
    new References(handle, group).change(before, Optional.of(group));
    return before.isEmpty();
  }

  private boolean put(InstanceProfile profile) {
    boolean isNew = rows.profile(profile.account(), profile.entity().name()).isEmpty();
    upsert(
            profile,
            "insert into instance_profile (account_id, name, body, id, path, role_id)"
                + " values (:account, :name, :body, :id, :path, :role)"
                + " on conflict (account_id, name) do update set body = excluded.body,"
                + " id = excluded.id, path = excluded.path, role_id = excluded.role_id")
        .bind("id", profile.id().text())
        .bind("path", profile.entity().path())
        .bind("role", Optional.ofNullable(profile.role()).map(UniqueId::text).orElse(""))
        .execute();
    return isNew;
  }

  private Update upsertWithId(String table, Entity entity, UniqueId id, String path) {
    return upsert(
            entity,
            "insert into <table> (account_id, name, body, id, path)"
                + " values (:account, :name, :body, :id, :path)"
                + " on conflict (account_id, name) do update set"
                + " body = excluded.body, id = excluded.id, path = excluded.path")
        .define("table", table)
        .bind("id", id.text())
        .bind("path", path);
  }

  private Update upsert(Entity entity, String statement) {
    return handle
        .createUpdate(statement)
        .bind("account", entity.account().digits())
        .bind("name", entity.key())
        .bind("body", EntityJson.write(entity));
  }

  /// Keeps the text of a policy that AWS manages, or replaces it.
  public void putAwsPolicy(Arn arn, Policy policy) {
    handle
        .createUpdate(
            "insert into aws_managed_policy (arn, document) values (:arn, :document)"
                + " on conflict (arn) do update set document = excluded.document")
        .bind("arn", arn.toString())
        .bind("document", policy.toJson())
        .execute();
    touched.add(Kind.touchedAwsPolicy(arn));
  }

  public void delete(Entity entity) {
    switch (entity) {
      case Role role -> {
        Optional<Role> before = rows.role(key(role));
        before.ifPresent(old -> touched.add(Kind.touchedRole(old.id())));
        new References(handle, role).change(before, Optional.empty());
        LastUse.forget(role.id().text(), handle);
      }
      case User user -> {
        new References(handle, user)
            .change(rows.user(user.account(), user.name()), Optional.empty());
        join(user, List.of());
      }
      case Group group ->
          new References(handle, group)
              .change(rows.group(group.account(), group.name()), Optional.empty());
      case OidcProvider _, ManagedPolicy _, InstanceProfile _ -> {}
    }
    int deleted =
        handle
            .createUpdate("delete from <table> where account_id = :account and name = :name")
            .define("table", IdentityRows.table(entity.getClass()))
            .bind("account", entity.account().digits())
            .bind("name", entity.key())
            .execute();
    count(entity, -deleted);
    touched.add(Kind.of(entity));
  }

  private void count(Entity entity, int more) {
    handle
        .createUpdate("update account set <column> = <column> + :more where id = :account")
        .define("column", IdentityRows.countColumn(entity.getClass()))
        .bind("more", more)
        .bind("account", entity.account().digits())
        .execute();
  }

  private static EntityKey key(Entity entity) {
    return EntityKey.of(entity.account(), entity.key());
  }

  /// Gives `account` the name `alias`, or takes its name away where there is none.
  public void rename(AccountId account, Optional<String> alias) {
    handle
        .createUpdate("update account set alias = :alias where id = :account")
        .bind("alias", alias)
        .bind("account", account.digits())
        .execute();
  }

  /// Adds a key, whose id must be new.
  public void create(AccessKey key) {
    handle
        .createUpdate(
            "insert into access_key (id, owner, account_id, secret, created_at, user_id, active)"
                + " values (:id, :owner, :account, :secret, :created, :user, :active)")
        .bind("id", key.id().text())
        .bind("owner", key.owner().toString())
        .bind("account", key.owner().account())
        .bind("secret", key.secret().bytes())
        .bind("created", key.created().toEpochMilli())
        .bind("user", key.ofUser().map(UniqueId::text))
        .bind("active", key.active() ? 1 : 0)
        .execute();
    touched.add(Kind.touched(key));
  }

  /// Lets a key speak from now on, or no more.
  public void setActive(AccessKey key) {
    handle.execute(
        "update access_key set active = ? where id = ?", key.active() ? 1 : 0, key.id().text());
    touched.add(Kind.touched(key));
  }

  public void delete(AccessKey key) {
    handle.execute("delete from access_key where id = ?", key.id().text());
    LastUse.forget(key.id().text(), handle);
    touched.add(Kind.touched(key));
  }

  /// Keeps a record, or replaces the one of its kind that has its name.
  public void put(AccountRecord written) {
    new AccountRecord.Rows(handle).put(written);
  }

  public void delete(AccountRecord gone) {
    new AccountRecord.Rows(handle).delete(gone);
  }

  /// Adds a revocation, or replaces the one of that id.
  public void put(Revocation revocation) {
    handle
        .createUpdate(
            "insert into revocation (id, account_id, kind, value, only_existing, reason,"
                + " until_at, created_at, created_by)"
                + " values (:id, :account, :kind, :value, :existing, :reason,"
                + " :until, :created, :by)"
                + " on conflict (id) do update set account_id = excluded.account_id,"
                + " kind = excluded.kind, value = excluded.value,"
                + " only_existing = excluded.only_existing, reason = excluded.reason, until_at = excluded.until_at,"
                + " created_at = excluded.created_at, created_by = excluded.created_by")
        .bind("id", revocation.id())
        .bind("kind", revocation.kind())
        .bind("value", revocation.value())
        .bind("account", revocation.account().digits())
        .bind("existing", revocation.onlyExisting() ? 1 : 0)
        .bind("reason", revocation.reason())
        .bind("until", revocation.until().map(Instant::toEpochMilli))
        .bind("created", revocation.created().toEpochMilli())
        .bind("by", revocation.by())
        .execute();
    touched.add(Kind.touched(revocation));
  }

  public void delete(Revocation revocation) {
    handle.execute("delete from revocation where id = ?", revocation.id());
    touched.add(Kind.touched(revocation));
  }
}
