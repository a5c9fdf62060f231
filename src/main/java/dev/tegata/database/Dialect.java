package dev.tegata.database;

import org.jdbi.v3.core.Handle;

/// The two databases, and what must be said to each in its own words.
public enum Dialect {
  /// One process writes at a time, and takes the whole database to do so.
  SQLITE,
  /// Many processes write at a time, and lock what they must keep others from.
  POSTGRESQL;

  /// The end of a query whose rows nobody else may change or delete before the transaction ends.
  public String lockingRows() {
    return this == POSTGRESQL ? " for update" : "";
  }

  /// The end of a query whose rows nobody else may delete before the transaction ends.
  public String keepingRows() {
    return this == POSTGRESQL ? " for key share" : "";
  }

  /// Lets in one transaction at a time for `number`, whatever it stands for, until it ends.
  public void lock(Handle handle, long number) {
    if (this == POSTGRESQL) {
      handle
          .createQuery("select 1 from (select pg_advisory_xact_lock(:number)) held")
          .bind("number", number)
          .mapTo(Integer.class)
          .one();
    }
  }
}
