package dev.tegata.objects;

import dev.tegata.arn.AccountId;
import dev.tegata.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/// The buckets of all accounts.
public final class BucketStore {

  /// What became of a bucket that was to be deleted.
  public enum Deletion {
    DELETED,
    NOT_EMPTY,
    NOT_FOUND
  }

  private final Database database;

  public BucketStore(Database database) {
    this.database = database;
  }

  /// The bucket called `name`, whoever owns it.
  public Optional<Bucket> find(String name) {
    return database.read(handle ->
        handle
            .createQuery("select * from bucket where name = :name")
            .bind("name", name)
            .map(BucketStore::bucket)
            .findOne());
  }

  /// Creates `bucket`; false when its name is taken.
  public boolean create(Bucket bucket) {
    return database.write(handle ->
        handle
            .createUpdate(
                "insert into bucket (name, account_id, region, created_at)"
                    + " values (:name, :account, :region, :created)"
                    + " on conflict (name) do nothing")
            .bind("name", bucket.name())
            .bind("account", bucket.account().digits())
            .bind("region", bucket.region())
            .bind("created", bucket.createdAt().getEpochSecond())
            .execute())
        == 1;
  }

  /// Deletes `bucket` if it holds no object.
  public Deletion delete(Bucket bucket) {
    return database.write(handle -> {
      handle
          .createQuery(
              "select name from bucket where name = :name" + database.dialect().lockingRows())
          .bind("name", bucket.name())
          .mapTo(String.class)
          .findOne();
      boolean holdsObjects =
          handle
              .createQuery("select 1 from object where bucket = :name limit 1")
              .bind("name", bucket.name())
              .mapTo(Integer.class)
              .findOne()
              .isPresent();
      if (holdsObjects) {
        return Deletion.NOT_EMPTY;
      }
      int deleted =
          handle
              .createUpdate("delete from bucket where name = :name and account_id = :account")
              .bind("name", bucket.name())
              .bind("account", bucket.account().digits())
              .execute();
      return deleted == 1 ? Deletion.DELETED : Deletion.NOT_FOUND;
    });
  }

  /// The buckets of `account` whose names come after `after` and start with `prefix`, at most
  /// `limit` of them, in the order of their names.
  public List<Bucket> list(AccountId account, String prefix, String after, int limit) {
    return database.read(handle ->
        handle
            .createQuery(
                "select * from bucket where account_id = :account and name > :after"
                    + " and substr(name, 1, :length) = :prefix order by name limit :limit")
            .bind("account", account.digits())
            .bind("after", after)
            .bind("length", prefix.codePointCount(0, prefix.length()))
            .bind("prefix", prefix)
            .bind("limit", limit)
            .map(BucketStore::bucket)
            .list());
  }

  private static Bucket bucket(ResultSet row, StatementContext context) throws SQLException {
    return new Bucket(
        row.getString("name"),
        new AccountId(row.getString("account_id")),
        row.getString("region"),
        Instant.ofEpochSecond(row.getLong("created_at")));
  }
}
