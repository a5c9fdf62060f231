package dev.tegata.store;

import dev.tegata.arn.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// An account of the server.
///
/// One account `manages`: the one that was made first. `name` is for people, and empty where nobody
/// gave one. Of an account that is closed nobody is admitted any more.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_Account.html>
public record Account(
    AccountId id, String name, boolean manages, Instant created, Optional<Instant> closed) {

  /// An open account without a name, one among others.
  public Account(AccountId id, Instant created) {
    this(id, "", false, created, Optional.empty());
  }

  public Account called(String other) {
    return new Account(id, other, manages, created, closed);
  }

  public Account withClosed(Optional<Instant> other) {
    return new Account(id, name, manages, created, other);
  }

  public boolean isOpen() {
    return closed.isEmpty();
  }

  /// The accounts of a server, read by one connection.
  record Rows(Handle handle) {
    Optional<Account> find(AccountId id) {
      return handle
          .createQuery("select * from account where id = :id")
          .bind("id", id.digits())
          .map((row, _) -> read(row))
          .findOne();
    }

    /// The first `limit` accounts of those whose ids come after `after`, in the order of their ids.
    List<Account> list(String after, int limit) {
      return handle
          .createQuery("select * from account where id > :after order by id limit :limit")
          .bind("after", after)
          .bind("limit", limit)
          .map((row, _) -> read(row))
          .list();
    }

    long count() {
      return handle.createQuery("select count(*) from account").mapTo(Long.class).one();
    }

    Optional<Account> managing() {
      return handle
          .createQuery("select * from account where manages = 1")
          .map((row, _) -> read(row))
          .findOne();
    }

    private static Account read(ResultSet row) throws SQLException {
      long closed = row.getLong("closed_at");
      boolean isOpen = row.wasNull();
      return new Account(
          new AccountId(row.getString("id")),
          row.getString("name"),
          row.getInt("manages") == 1,
          Instant.ofEpochMilli(row.getLong("created_at")),
          isOpen ? Optional.empty() : Optional.of(Instant.ofEpochMilli(closed)));
    }
  }
}
