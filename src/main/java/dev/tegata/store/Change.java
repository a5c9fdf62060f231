package dev.tegata.store;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.policy.Policy;
import dev.tegata.sharing.Touched;
import dev.tegata.store.Lookup.EntityKey;
import java.time.Instant;
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
  public void createAccount(AccountId id, Instant created) {
    handle.execute(
        "insert into account (id, created_at) values (?, ?)", id.digits(), created.toEpochMilli());
    touched.add(Kind.touched(id));
  }

  /// Adds `entity`, or replaces the one of its kind that has its name.
  public void put(Entity entity) {
    boolean isNew =
        switch (entity) {
          case Role role -> put(role);
          case ManagedPolicy policy -> put(policy);
          case OidcProvider provider -> put(provider);
        };
    if (isNew) {
      count(entity, 1);
    }
    touched.add(Kind.touched(entity));
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
    new RoleReferences(handle, role).change(before, Optional.of(role));
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
    if (entity instanceof Role role) {
      Optional<Role> before = rows.role(key(role));
      before.ifPresent(old -> touched.add(Kind.touchedRole(old.id())));
      new RoleReferences(handle, role).change(before, Optional.empty());
    }
    int deleted =
        handle
            .createUpdate("delete from <table> where account_id = :account and name = :name")
            .define("table", IdentityRows.table(entity.getClass()))
            .bind("account", entity.account().digits())
            .bind("name", entity.key())
            .execute();
    count(entity, -deleted);
    touched.add(Kind.touched(entity));
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

  /// Adds a key, whose id must be new.
  public void create(AccessKey key) {
    handle
        .createUpdate(
            "insert into access_key (id, owner, account_id, secret, created_at)"
                + " values (:id, :owner, :account, :secret, :created)")
        .bind("id", key.id().text())
        .bind("owner", key.owner().toString())
        .bind("account", key.owner().account())
        .bind("secret", key.secret().bytes())
        .bind("created", key.created().toEpochMilli())
        .execute();
    touched.add(Kind.touched(key));
  }

  public void delete(AccessKey key) {
    handle.execute("delete from access_key where id = ?", key.id().text());
    touched.add(Kind.touched(key));
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
