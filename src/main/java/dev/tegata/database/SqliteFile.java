package dev.tegata.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// SQLite in one file, with a write-ahead log and a sync at every commit.
///
/// A small file is looked through for damage before it is used; a large one would keep the server
/// from starting, and is looked at where it is read.
///
/// Source: <https://www.sqlite.org/pragma.html#pragma_synchronous>
final class SqliteFile {
  private static final int CONNECTIONS = 4;
  private static final long LARGE_BYTES = 64L << 20;
  private static final int BUSY_TIMEOUT_MILLIS = 10_000;

  private SqliteFile() {}

  static Database open(Path file) {
    check(file);
    HikariConfig config = new HikariConfig();
    config.setPoolName("sqlite");
    config.setJdbcUrl(url(file));
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(0);
    config.addDataSourceProperty("journal_mode", "WAL");
    config.addDataSourceProperty("synchronous", "FULL");
    config.addDataSourceProperty("foreign_keys", "true");
    config.addDataSourceProperty("busy_timeout", Integer.toString(BUSY_TIMEOUT_MILLIS));
    config.addDataSourceProperty("transaction_mode", "IMMEDIATE");
    HikariDataSource pool = new HikariDataSource(config);
    Database database = new Database(Dialect.SQLITE, pool, () -> connect(file));
    try {
      Schema.of(pool, Dialect.SQLITE, "the database " + file)
          .migrate(version -> SqliteCopy.beforeMigration(file, version));
      return database;
    } catch (StoreException e) {
      database.close();
      throw e;
    }
  }

  static Connection connect(Path file) throws SQLException {
    return DriverManager.getConnection(url(file));
  }

  private static String url(Path file) {
    return "jdbc:sqlite:" + file;
  }

  private static void check(Path file) {
    String question =
        file.toFile().length() > LARGE_BYTES
            ? "select 'ok' from sqlite_schema"
            : "pragma quick_check(1)";
    try (Connection connection = connect(file);
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(question)) {
      if (!found.next() || !found.getString(1).equals("ok")) {
        throw new StoreException("the database " + file + " is damaged: " + found.getString(1));
      }
    } catch (SQLException e) {
      throw new StoreException(
          "the database " + file + " is damaged or not a database: " + e.getMessage(), e);
    }
  }
}
