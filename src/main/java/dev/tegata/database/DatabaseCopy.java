package dev.tegata.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.StringJoiner;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Copies everything that one database holds, as it is at one moment, into another one, of
/// whichever kind.
public final class DatabaseCopy {
  /// Every table, each after those that it refers to. The log of changes is not copied: who reads a
  /// copy has nothing to forget.
  static final List<String> TABLES =
      List.of(
          "account",
          "oidc_provider",
          "role",
          "iam_user",
          "iam_group",
          "instance_profile",
          "membership",
          "identity_attachment",
          "account_record",
          "last_use",
          "managed_policy",
          "aws_managed_policy",
          "access_key",
          "sealed_secret",
          "attachment",
          "policy_usage",
          "trusted",
          "used_token",
          "revocation",
          "signing_key",
          "registered_job",
          "oidc_customization",
          "oidc_property",
          "bucket",
          "object",
          "revision");

  private static final int BATCH = 500;

  private DatabaseCopy() {}

  /// Writes what `source` holds to the new file `to`, a SQLite database that is whole and on the
  /// disk when it gets that name. Servers may go on writing meanwhile.
  ///
  /// @throws StoreException when it cannot be written
  public static void toFile(Database source, Path to) {
    Path part = to.resolveSibling(to.getFileName() + ".part");
    try {
      Files.deleteIfExists(part);
      SqliteCopy.createForOwner(part);
      try (Database target = Database.open(part)) {
        copy(source, target);
      }
      SqliteCopy.finish(part, to);
    } catch (IOException e) {
      throw new StoreException("the copy " + to + " cannot be written: " + e.getMessage(), e);
    }
  }

  /// Writes what `source` holds into `target`, all or nothing.
  ///
  /// @throws StoreException when there is something in `target` already
  public static void copy(Database source, Database target) {
    try (Connection from = source.connect()) {
      from.setAutoCommit(false);
      if (source.dialect() == Dialect.POSTGRESQL) {
        from.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        from.setReadOnly(true);
      }
      copy(from, target);
      from.rollback();
    } catch (SQLException e) {
      throw new StoreException("the database cannot be copied: " + e.getMessage(), e);
    }
  }

  private static void copy(Connection from, Database target) throws SQLException {
    try (Handle handle = Jdbi.open(target.connect())) {
      handle.useTransaction(to -> {
        to.execute("delete from revision");
        requireEmpty(to);
        for (String table : TABLES) {
          copy(from, to.getConnection(), table);
        }
        to.execute("update revision set number = number + 1");
        to.execute("update revision set forgotten = number");
      });
    }
  }

  private static void requireEmpty(Handle handle) {
    boolean isUsed =
        handle
            .createQuery("select id from account union all select name from sealed_secret limit 1")
            .mapTo(String.class)
            .findOne()
            .isPresent();
    if (isUsed) {
      throw new StoreException("the database holds something already: copy into an empty one");
    }
  }

  private static void copy(Connection from, Connection to, String table) throws SQLException {
    try (Statement select = from.createStatement()) {
      select.setFetchSize(BATCH);
      try (ResultSet rows = select.executeQuery("select * from " + table);
          PreparedStatement insert = to.prepareStatement(insert(table, rows))) {
        int columns = rows.getMetaData().getColumnCount();
        int waiting = 0;
        while (rows.next()) {
          for (int column = 1; column <= columns; column++) {
            insert.setObject(column, rows.getObject(column));
          }
          insert.addBatch();
          waiting++;
          if (waiting % BATCH == 0) {
            insert.executeBatch();
          }
        }
        insert.executeBatch();
      }
    }
  }

  private static String insert(String table, ResultSet rows) throws SQLException {
    StringJoiner names = new StringJoiner(", ", "(", ")");
    int columns = rows.getMetaData().getColumnCount();
    for (int column = 1; column <= columns; column++) {
      names.add(rows.getMetaData().getColumnName(column));
    }
    String marks = String.join(", ", Collections.nCopies(columns, "?"));
    return "insert into " + table + " " + names + " values (" + marks + ")";
  }
}
