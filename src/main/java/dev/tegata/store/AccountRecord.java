package dev.tegata.store;

import dev.tegata.arn.AccountId;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Something that an account keeps beside its identities and that few ask for, such as its password
/// policy: it is read from the database each time. No two of a kind have the same name; what
/// `kind`, `name` and `body` mean is for those to say who write them.
public record AccountRecord(AccountId account, String kind, String name, String body) {

  /// A record that holds `value`, written as entities are.
  public static AccountRecord of(AccountId account, String kind, String name, Object value) {
    return new AccountRecord(account, kind, name, EntityJson.write(value));
  }

  /// What a record of [#of] holds.
  ///
  /// @throws dev.tegata.database.StoreException when it is not the stored form of a `type`
  public <T> T as(Class<T> type) {
    return EntityJson.read(type, body);
  }

  /// The records of all accounts, read and written by one connection.
  record Rows(Handle handle) {
    Optional<AccountRecord> find(AccountId account, String kind, String name) {
      return handle
          .createQuery(
              "select body from account_record"
                  + " where account_id = :account and kind = :kind and name = :name")
          .bind("account", account.digits())
          .bind("kind", kind)
          .bind("name", name)
          .mapTo(String.class)
          .findOne()
          .map(body -> new AccountRecord(account, kind, name, body));
    }

    /// A part of the records of a kind whose names start with the prefix of `slice`.
    List<AccountRecord> list(AccountId account, String kind, Slice slice) {
      return handle
          .createQuery(
              "select name, body from account_record"
                  + " where account_id = :account and kind = :kind and name > :after"
                  + " and substr(name, 1, :length) = :prefix order by name limit :limit")
          .bind("account", account.digits())
          .bind("kind", kind)
          .bind("after", slice.after())
          .bind("length", slice.pathPrefix().length())
          .bind("prefix", slice.pathPrefix())
          .bind("limit", slice.limit())
          .map((row, _) ->
              new AccountRecord(account, kind, row.getString("name"), row.getString("body")))
          .list();
    }

    long count(AccountId account, String kind) {
      return handle
          .createQuery(
              "select count(*) from account_record where account_id = :account and kind = :kind")
          .bind("account", account.digits())
          .bind("kind", kind)
          .mapTo(Long.class)
          .one();
    }

    void put(AccountRecord written) {
      handle.execute(
          "insert into account_record (account_id, kind, name, body) values (?, ?, ?, ?)"
              + " on conflict (account_id, kind, name) do update set body = excluded.body",
          written.account.digits(),
          written.kind,
          written.name,
          written.body);
    }

    void delete(AccountRecord gone) {
      handle.execute(
          "delete from account_record where account_id = ? and kind = ? and name = ?",
          gone.account.digits(),
          gone.kind,
          gone.name);
    }
  }
}
