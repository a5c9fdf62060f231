package dev.tegata.database;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Set;

/// Tells the faults that pass from those that do not.
///
/// Source: <https://www.postgresql.org/docs/current/errcodes-appendix.html> and
/// <https://www.sqlite.org/rescode.html>
final class Faults {
  /// Connection exception; transaction rollback; insufficient resources; operator intervention;
  /// system error.
  private static final Set<String> PASSING_CLASSES = Set.of("08", "40", "53", "57", "58");

  /// A lock that was not to be had in time; a server that is read only just now; a session that was
  /// ended for idling in a transaction.
  private static final Set<String> PASSING_STATES = Set.of("55P03", "25006", "25P03");

  /// Busy, locked, out of memory, read only, interrupted, input or output, full, cannot open.
  private static final Set<Integer> PASSING_SQLITE_CODES = Set.of(5, 6, 7, 8, 9, 10, 13, 14);

  private static final int PRIMARY_CODE = 0xff;

  private Faults() {}

  /// `fault` itself, or what a client may be told of it.
  static RuntimeException of(RuntimeException fault, Dialect dialect) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && passes(sql, dialect)) {
        return new StoreUnavailable("the database does not answer: " + sql.getMessage(), fault);
      }
    }
    return fault;
  }

  private static boolean passes(SQLException fault, Dialect dialect) {
    if (fault instanceof SQLTransientException) {
      return true; // the pool has no connection to give
    }
    if (dialect == Dialect.SQLITE) {
      return PASSING_SQLITE_CODES.contains(fault.getErrorCode() & PRIMARY_CODE);
    }
    String state = fault.getSQLState();
    return state != null
        && (PASSING_STATES.contains(state)
            || (state.length() >= 2 && PASSING_CLASSES.contains(state.substring(0, 2))));
  }
}
