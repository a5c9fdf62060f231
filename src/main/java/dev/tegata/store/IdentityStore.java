package dev.tegata.store;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import dev.tegata.policy.Policy;
import dev.tegata.policy.PolicyKind;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Keeps the [Identities] of all accounts: readers see the newest state in memory, writers change
/// it one after another.
///
/// The rule of the shared state: [#now] hands out an immutable state and needs no lock. [#change]
/// holds the one lock, works on a copy, and replaces the state only after the database has
/// committed. One process owns the database, so nothing else can change it meanwhile.
public final class IdentityStore {
  private final Jdbi jdbi;
  private final Lock changing = new ReentrantLock();
  private final AtomicReference<Identities> current;

  /// Reads everything that `database` holds.
  ///
  /// @throws StoreException when something in it cannot be read
  public IdentityStore(Database database) {
    this.jdbi = database.jdbi();
    this.current = new AtomicReference<>(jdbi.withHandle(IdentityStore::load));
  }

  /// The newest state. It does not change under the reader.
  public Identities now() {
    return current.get();
  }

  /// Lets `work` read and write as if it were alone; its writes are durable and seen by all when
  /// this returns. When it throws, nothing has happened.
  public <T> T change(Function<Change, T> work) {
    changing.lock();
    try {
      Change change = new Change(now());
      T result = work.apply(change);
      jdbi.useTransaction(change::write);
      current.set(change.now());
      return result;
    } finally {
      changing.unlock();
    }
  }

  private static Identities load(Handle handle) {
    Identities.Draft draft = new Identities.Draft();
    handle
        .createQuery("select id from account")
        .mapTo(String.class)
        .forEach(id -> draft.add(new AccountId(id)));
    load(handle, OidcProvider.class, draft);
    load(handle, Role.class, draft);
    load(handle, ManagedPolicy.class, draft);
    handle
        .createQuery("select arn, document from aws_managed_policy")
        .map((row, _) ->
            Map.entry(
                Arn.parse(row.getString("arn")),
                Policy.parse(PolicyKind.IDENTITY, row.getString("document"))))
        .forEach(entry -> draft.putAwsPolicy(entry.getKey(), entry.getValue()));
    handle
        .createQuery("select id, owner, secret, created_at from access_key")
        .map((row, _) ->
            new AccessKey(
                new UniqueId(row.getString("id")),
                Arn.parse(row.getString("owner")),
                new Sealed(row.getBytes("secret")),
                Instant.ofEpochMilli(row.getLong("created_at"))))
        .forEach(draft::put);
    return draft.build();
  }

  private static <E extends Entity> void load(
      Handle handle, Class<E> type, Identities.Draft draft) {
    handle
        .createQuery("select body from " + Change.table(type))
        .mapTo(String.class)
        .forEach(body -> draft.put(EntityJson.read(type, body)));
  }
}
