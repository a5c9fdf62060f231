package dev.tegata.sharing;

import dev.tegata.database.Database;
import dev.tegata.sharing.ChangeLog.Copies;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hears of the changes that other servers make, and forgets what they touched.
///
/// One thread with one connection: it waits for PostgreSQL's word that something has changed, and
/// looks by itself when there is none for a while, so a word that is lost costs nothing. Where the
/// connection was lost, everything is forgotten.
///
/// The rule of the shared state: only the thread writes, in `heard`, when the newest look that
/// succeeded began; `isAway` is the thread's own.
///
/// Source: <https://www.postgresql.org/docs/current/sql-listen.html>
final class ChangeWatch implements AutoCloseable {
  /// How long the thread waits for a word before it looks by itself.
  static final Duration LOOK_EVERY = Duration.ofMillis(300);

  /// How old the newest look may be at most: after that, what is remembered is not believed.
  static final Duration BELIEVED_FOR = Duration.ofSeconds(5);

  static final String CHANNEL = "tegata_changes";

  private static final Logger LOG = LoggerFactory.getLogger(ChangeWatch.class);

  private final Database database;
  private final Copies copies;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final Thread thread;
  private boolean isAway;
  private volatile long heard;

  /// Starts to watch, on behalf of `copies` that are empty yet.
  ChangeWatch(Database database, Copies copies) {
    this.database = database;
    this.copies = copies;
    this.thread = Thread.ofPlatform().daemon().name("change-watch").unstarted(this::watch);
    this.heard = System.nanoTime(); // nothing is kept yet
    thread.start();
  }

  /// Whether what is remembered is new enough to be believed.
  boolean isCurrent() {
    return System.nanoTime() - heard < BELIEVED_FOR.toNanos();
  }

  private void watch() {
    while (!ended.get()) {
      try (Connection connection = database.connect()) {
        listen(connection);
      } catch (SQLException | RuntimeException e) {
        say(e);
        LockSupport.parkNanos(LOOK_EVERY.toNanos());
      }
    }
  }

  /// Once, and not at each attempt.
  private void say(Exception fault) {
    if (!ended.get() && !isAway) {
      LOG.warn("the changes of other servers are not heard of: {}", fault.getMessage());
    }
    isAway = true;
  }

  private void listen(Connection connection) throws SQLException {
    PGConnection listening = connection.unwrap(PGConnection.class);
    try (Handle handle = Jdbi.open(connection)) {
      handle.execute("set statement_timeout = '2s'");
      handle.execute("listen " + CHANNEL);
      long began = System.nanoTime();
      long seen = Revision.current(handle).number();
      copies.forgetAll();
      heard = began;
      if (isAway) {
        LOG.warn("the changes of other servers are heard of again");
      }
      isAway = false;
      while (!ended.get()) {
        listening.getNotifications((int) LOOK_EVERY.toMillis());
        began = System.nanoTime();
        seen = look(handle, seen);
        heard = began;
      }
    }
  }

  /// Forgets what was touched after the revision `seen`; the newest revision.
  private long look(Handle handle, long seen) {
    Revision now = Revision.current(handle);
    if (now.number() < seen || now.forgotten() > seen) {
      copies.forgetAll();
    } else if (now.number() > seen) {
      touched(handle, seen).forEach(copies::forget);
    }
    return now.number();
  }

  // INVARIANT: the log is asked after the number, and so has the lines of each change up to it. It
  // may have some of later changes; those are read again.
  private static List<Touched> touched(Handle handle, long seen) {
    return handle
        .createQuery("select kind, account_id, name from change_log where revision > :seen")
        .bind("seen", seen)
        .map((row, _) ->
            new Touched(row.getString("kind"), row.getString("account_id"), row.getString("name")))
        .list();
  }

  @Override
  public void close() {
    ended.set(true);
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
