package dev.tegata.sharing;

import dev.tegata.database.Database;
import dev.tegata.database.StoreUnavailable;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/// Changes, one after another on however many servers, and what each has touched.
///
/// The rule of the shared state: a writer holds this server's lock, then that of the database's one
/// row of [Revision], until it has committed; then the [Copies] forget what it touched.
public final class ChangeLog implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /// What is kept in memory of the things that changes touch.
  public interface Copies {
    void forget(Touched touched);

    void forgetAll();
  }

  private final Database database;
  private final Copies copies;
  private final Optional<ChangeWatch> watch;
  private final Lock changing = new ReentrantLock(true);

  /// Tells `copies` of all changes, those of other servers included.
  public ChangeLog(Database database, Copies copies) {
    this.database = database;
    this.copies = copies;
    this.watch =
        database.isShared() ? Optional.of(new ChangeWatch(database, copies)) : Optional.empty();
  }

  /// Lets `work` read and write as if it were alone, and add to the set what it touches. Its writes
  /// are durable when this returns, and the copies on this server gone; when this throws, nothing
  /// has happened.
  ///
  /// @throws StoreUnavailable when the database does not answer just now; if that was in the moment
  ///   of the commit, all has happened or nothing
  public <T> T change(BiFunction<Handle, SequencedSet<Touched>, T> work) {
    AtomicReference<List<Touched>> written = new AtomicReference<>(List.of());
    lock();
    try {
      return database.write(handle -> {
        Revision revision = Revision.next(handle);
        SequencedSet<Touched> touched = new LinkedHashSet<>();
        T result = work.apply(handle, touched);
        written.set(List.copyOf(touched));
        log(handle, revision.number(), touched);
        revision.prune(handle);
        tellOthers(handle);
        return result;
      });
    } finally {
      written.get().forEach(copies::forget); // a commit that failed may have happened all the same
      changing.unlock();
    }
  }

  private void lock() {
    try {
      if (!changing.tryLock(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new StoreUnavailable("too many changes wait for each other");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailable("the server is stopping", e);
    }
  }

  private static void log(Handle handle, long revision, SequencedSet<Touched> touched) {
    PreparedBatch lines =
        handle.prepareBatch(
            "insert into change_log (revision, kind, account_id, name)"
                + " values (:revision, :kind, :account, :name)");
    for (Touched each : touched) {
      lines
          .bind("revision", revision)
          .bind("kind", each.kind())
          .bind("account", each.account())
          .bind("name", each.name())
          .add();
    }
    lines.execute();
  }

  private void tellOthers(Handle handle) {
    if (database.isShared()) {
      handle.execute("notify " + ChangeWatch.CHANNEL);
    }
  }

  /// Requires that the copies are as new as those of any other server, but for the last moment.
  ///
  /// @throws StoreUnavailable when the other servers' changes have not been heard of for too long
  public void requireCurrent() {
    if (!isCurrent()) {
      throw new StoreUnavailable(
          "the database has not answered for %d seconds"
              .formatted(ChangeWatch.BELIEVED_FOR.toSeconds()));
    }
  }

  /// Whether they are.
  public boolean isCurrent() {
    return watch.isEmpty() || watch.get().isCurrent();
  }

  @Override
  public void close() {
    watch.ifPresent(ChangeWatch::close);
  }
}
