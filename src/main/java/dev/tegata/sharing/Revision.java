package dev.tegata.sharing;

import org.jdbi.v3.core.Handle;

/// The number of a change. Numbers grow in the order of the commits.
///
/// `forgotten` is the newest of which the log says nothing any more.
record Revision(long number, long forgotten) {
  private static final long KEPT = 10_000;
  private static final long PRUNED_EVERY = 1000;

  /// Takes the next number, and with it the lock that every writer must hold until it commits.
  static Revision next(Handle handle) {
    handle.execute("update revision set number = number + 1 where id = 1");
    return current(handle);
  }

  static Revision current(Handle handle) {
    return handle
        .createQuery("select number, forgotten from revision where id = 1")
        .map((row, _) -> new Revision(row.getLong("number"), row.getLong("forgotten")))
        .one();
  }

  /// Now and then takes away the lines of the log that everybody has read or will not read.
  void prune(Handle handle) {
    if (number % PRUNED_EVERY == 0 && number > KEPT) {
      handle.execute("delete from change_log where revision <= ?", number - KEPT);
      handle.execute("update revision set forgotten = ? where id = 1", number - KEPT);
    }
  }
}
