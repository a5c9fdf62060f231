package dev.tegata.store;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.policy.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/// The writes of one [IdentityStore#change], and the state as they leave it.
public final class Change {
  private final List<Consumer<Handle>> writes = new ArrayList<>();
  private Identities now;

  Change(Identities before) {
    this.now = before;
  }

  /// The state, with what was written so far.
  public Identities now() {
    return now;
  }

  /// Adds an account, which must not be there yet.
  public void createAccount(AccountId id, Instant created) {
    apply(draft -> draft.add(id));
    writes.add(handle ->
        handle
            .createUpdate("insert into account (id, created_at) values (:id, :created)")
            .bind("id", id.digits())
            .bind("created", created.toEpochMilli())
            .execute());
  }

  /// Adds `entity`, or replaces the one of its kind that has its name.
  public void put(Entity entity) {
    apply(draft -> draft.put(entity));
    writes.add(handle ->
        handle
            .createUpdate(
                "insert into <table> (account_id, name, body) values (:account, :name, :body)"
                    + " on conflict (account_id, name) do update set body = excluded.body")
            .define("table", table(entity.getClass()))
            .bind("account", entity.account().digits())
            .bind("name", entity.key())
            .bind("body", EntityJson.write(entity))
            .execute());
  }

  /// Keeps the text of a policy that AWS manages, or replaces it.
  public void putAwsPolicy(Arn arn, Policy policy) {
    apply(draft -> draft.putAwsPolicy(arn, policy));
    writes.add(handle ->
        handle
            .createUpdate(
                "insert into aws_managed_policy (arn, document) values (:arn, :document)"
                    + " on conflict (arn) do update set document = excluded.document")
            .bind("arn", arn.toString())
            .bind("document", policy.toJson())
            .execute());
  }

  public void delete(Entity entity) {
    apply(draft -> draft.remove(entity));
    writes.add(handle ->
        handle
            .createUpdate("delete from <table> where account_id = :account and name = :name")
            .define("table", table(entity.getClass()))
            .bind("account", entity.account().digits())
            .bind("name", entity.key())
            .execute());
  }

  /// Adds a key, whose id must be new.
  public void create(AccessKey key) {
    apply(draft -> draft.put(key));
    writes.add(handle ->
        handle
            .createUpdate(
                "insert into access_key (id, owner, secret, created_at)"
                    + " values (:id, :owner, :secret, :created)")
            .bind("id", key.id().text())
            .bind("owner", key.owner().toString())
            .bind("secret", key.secret().bytes())
            .bind("created", key.created().toEpochMilli())
            .execute());
  }

  public void delete(AccessKey key) {
    apply(draft -> draft.remove(key));
    writes.add(handle -> handle.execute("delete from access_key where id = ?", key.id().text()));
  }

  void write(Handle handle) {
    writes.forEach(write -> write.accept(handle));
  }

  private void apply(Consumer<Identities.Draft> edit) {
    Identities.Draft draft = now.draft();
    edit.accept(draft);
    now = draft.build();
  }

  static String table(Class<? extends Entity> type) {
    if (type == OidcProvider.class) {
      return "oidc_provider";
    }
    return type == Role.class ? "role" : "managed_policy";
  }
}
