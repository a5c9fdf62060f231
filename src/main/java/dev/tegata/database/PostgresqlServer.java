package dev.tegata.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/// A database of a PostgreSQL server, which several servers share.
///
/// A commit waits for the disk whatever the server's default is. A server that stops in the middle
/// of a transaction, holding locks, is cut off, and nobody waits for a lock without end.
///
/// Source: <https://www.postgresql.org/docs/current/runtime-config-client.html>
final class PostgresqlServer {
  private static final int OLDEST_VERSION = 13;
  private static final int CONNECTIONS = 10;
  private static final int CONNECT_SECONDS = 5;
  private static final int ANSWER_SECONDS = 20;
  private static final String SESSION =
      """
      set lock_timeout = '15s';
      set idle_in_transaction_session_timeout = '10s';
      select set_config('synchronous_commit', 'on', false)
        where current_setting('synchronous_commit') = 'off'
      """;

  private PostgresqlServer() {}

  static Database open(DatabaseUrl url) {
    PGSimpleDataSource patient = source(url, 0);
    try (Connection connection = patient.getConnection()) {
      require(connection, url);
    } catch (SQLException e) {
      throw new StoreException(
          "the database %s cannot be reached: %s".formatted(url, e.getMessage()), e);
    }
    Schema.of(patient, Dialect.POSTGRESQL, "the database " + url).migrate(_ -> {});
    HikariConfig config = new HikariConfig();
    config.setPoolName("postgresql");
    config.setDataSource(source(url, ANSWER_SECONDS));
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(CONNECT_SECONDS * 1000L);
    config.setInitializationFailTimeout(-1); // it was reached a moment ago
    config.setConnectionInitSql(SESSION);
    return new Database(Dialect.POSTGRESQL, new HikariDataSource(config), patient::getConnection);
  }

  private static void require(Connection connection, DatabaseUrl url) throws SQLException {
    int major = connection.getMetaData().getDatabaseMajorVersion();
    if (major < OLDEST_VERSION) {
      throw new StoreException(
          "the database %s is PostgreSQL %d; it must be %d or newer"
              .formatted(url, major, OLDEST_VERSION));
    }
  }

  private static PGSimpleDataSource source(DatabaseUrl url, int answerSeconds) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url.jdbc());
    source.setUser(url.user());
    url.password().ifPresent(source::setPassword);
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setLoginTimeout(CONNECT_SECONDS);
    source.setSocketTimeout(answerSeconds);
    source.setTcpKeepAlive(true);
    source.setStringType("unspecified"); // a text may be compared with a char column's index
    source.setReWriteBatchedInserts(true);
    source.setApplicationName("tegata");
    return source;
  }
}
