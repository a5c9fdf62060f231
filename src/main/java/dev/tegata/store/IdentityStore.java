package dev.tegata.store;

import dev.tegata.database.Database;
import dev.tegata.sharing.ChangeLog;
import java.util.function.Function;

/// Keeps the [Identities] of all accounts: readers find in memory what they have asked for before,
/// writers change the database one after another, on however many servers.
///
/// Whoever asks after [#change] has returned gets the new state. Other servers get it within a
/// second; one that is cut off from the database for five seconds answers nothing.
public final class IdentityStore implements AutoCloseable {
  private final Identities identities;
  private final ChangeLog log;

  /// Nothing is read yet, so it costs the same however much `database` holds.
  public IdentityStore(Database database) {
    IdentityCache cache = new IdentityCache(database);
    this.identities = new Identities(cache);
    this.log = new ChangeLog(database, cache);
  }

  /// The newest state that this server knows of.
  ///
  /// @throws dev.tegata.database.StoreUnavailable when it has not heard of the other servers'
  ///   changes for too long
  public Identities now() {
    log.requireCurrent();
    return identities;
  }

  /// Whether this server knows the changes of all others, but for those of the last moment.
  public boolean isCurrent() {
    return log.isCurrent();
  }

  /// Lets `work` read and write as if it were alone; its writes are durable and seen by all on this
  /// server when this returns. When it throws, nothing has happened. The [Change] and its state end
  /// with the work.
  ///
  /// @throws dev.tegata.database.StoreUnavailable when the database does not answer just now; if
  ///   that was in the moment of the commit, all has happened or nothing
  public <T> T change(Function<Change, T> work) {
    return log.change((handle, touched) -> work.apply(new Change(handle, touched)));
  }

  @Override
  public void close() {
    log.close();
  }
}
