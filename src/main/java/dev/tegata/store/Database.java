package dev.tegata.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jdbi.v3.core.Jdbi;

/// The SQL database of a server: opened, checked, and brought to this program's schema.
///
/// SQLite in one file, with a write-ahead log and a sync at every commit: what is committed
/// survives the loss of power.
///
/// Source: <https://www.sqlite.org/pragma.html#pragma_synchronous>
public final class Database implements AutoCloseable {
  private static final int CONNECTIONS = 4;
  private static final int BUSY_TIMEOUT_MILLIS = 10_000;

  private final HikariDataSource pool;
  private final Jdbi jdbi;

  private Database(HikariDataSource pool) {
    this.pool = pool;
    this.jdbi = Jdbi.create(pool);
  }

  /// Opens or creates the SQLite database in `file`.
  ///
  /// @throws StoreException when the file is damaged, not a database, or of a newer program
  public static Database open(Path file) {
    check(file);
    HikariConfig config = new HikariConfig();
    config.setPoolName("sqlite");
    config.setJdbcUrl("jdbc:sqlite:" + file);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(0);
    config.addDataSourceProperty("journal_mode", "WAL");
    config.addDataSourceProperty("synchronous", "FULL");
    config.addDataSourceProperty("foreign_keys", "true");
    config.addDataSourceProperty("busy_timeout", Integer.toString(BUSY_TIMEOUT_MILLIS));
    config.addDataSourceProperty("transaction_mode", "IMMEDIATE");
    Database database = new Database(new HikariDataSource(config));
    try {
      database.migrate(file);
      return database;
    } catch (StoreException e) {
      database.close();
      throw e;
    }
  }

  private static void check(Path file) {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("pragma quick_check(1)")) {
      if (!found.next() || !found.getString(1).equals("ok")) {
        throw new StoreException("the database " + file + " is damaged: " + found.getString(1));
      }
    } catch (SQLException e) {
      throw new StoreException(
          "the database " + file + " is damaged or not a database: " + e.getMessage(), e);
    }
  }

  private void migrate(Path file) {
    try {
      Flyway.configure()
          .dataSource(pool)
          .locations("classpath:store/migration")
          .ignoreMigrationPatterns(new String[0]) // by default it accepts a future schema
          .load()
          .migrate();
    } catch (FlywayValidateException e) {
      throw new StoreException(
          "the database " + file + " belongs to another version of Tegata: start it with that one",
          e);
    } catch (FlywayException e) {
      throw new StoreException(
          "the database " + file + " cannot be brought to this version: " + e.getMessage(), e);
    }
  }

  /// The way to its tables, for the stores.
  public Jdbi jdbi() {
    return jdbi;
  }

  @Override
  public void close() {
    pool.close();
  }
}
