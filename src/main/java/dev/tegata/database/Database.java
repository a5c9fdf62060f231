package dev.tegata.database;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// The SQL database of a server: opened, checked, and brought to this program's schema.
///
/// What is committed survives the loss of power.
public final class Database implements AutoCloseable {

  /// Opens a connection of one's own, beside the pool.
  @FunctionalInterface
  interface Connecting {
    Connection connect() throws SQLException;
  }

  private final Dialect dialect;
  private final HikariDataSource pool;
  private final Connecting connecting;
  private final Jdbi jdbi;

  Database(Dialect dialect, HikariDataSource pool, Connecting connecting) {
    this.dialect = dialect;
    this.pool = pool;
    this.connecting = connecting;
    this.jdbi = Jdbi.create(pool);
  }

  /// Opens or creates the SQLite database in `file`. One process at a time may have it open.
  ///
  /// @throws StoreException when the file is damaged, not a database, or of a newer program
  public static Database open(Path file) {
    return SqliteFile.open(file);
  }

  /// Opens the PostgreSQL database at `url`, which other servers may share.
  ///
  /// @throws StoreException when it cannot be reached or used, or is of a newer program
  public static Database open(DatabaseUrl url) {
    return PostgresqlServer.open(url);
  }

  public Dialect dialect() {
    return dialect;
  }

  /// Whether other processes may change what is in it.
  public boolean isShared() {
    return dialect == Dialect.POSTGRESQL;
  }

  /// The way to its tables, for what need not tell a passing fault from another.
  public Jdbi jdbi() {
    return jdbi;
  }

  /// What `question` finds. Each of its queries sees what is committed then, even where this is
  /// asked in the midst of a transaction of the same thread.
  ///
  /// @throws StoreUnavailable when the database does not answer just now
  public <T> T read(Function<Handle, T> question) {
    try (Handle handle =
        jdbi.open()) { // Jdbi's own way would give that of a transaction around this
      return question.apply(handle);
    } catch (RuntimeException e) {
      throw Faults.of(e, dialect);
    }
  }

  /// Lets `work` read and write in one transaction, which is durable when this returns; when this
  /// throws, nothing has happened, or, where the connection broke during the commit, all of it.
  ///
  /// @throws StoreUnavailable when the database does not answer just now
  public <T> T write(Function<Handle, T> work) {
    try (Handle handle = jdbi.open()) {
      return handle.inTransaction(work::apply);
    } catch (RuntimeException e) {
      throw Faults.of(e, dialect);
    }
  }

  /// The same for work that has nothing to tell.
  public void writing(Consumer<Handle> work) {
    write(handle -> {
      work.accept(handle);
      return handle;
    });
  }

  /// A connection of one's own, which waits as long as it must.
  ///
  /// @throws StoreUnavailable when there is none to be had just now
  public Connection connect() {
    try {
      return connecting.connect();
    } catch (SQLException e) {
      throw new StoreUnavailable("the database does not answer: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
