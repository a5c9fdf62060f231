package dev.tegata.store;

import dev.tegata.database.Database;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/// When and for which service a request was last signed in somebody's name: `id` is the unique id
/// of a role, or of an access key.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_RoleLastUsed.html>
public record LastUse(String id, Instant at, String service, String region) {

  /// Writes `uses` down, but for those that are older than what is known already: of several
  /// servers the latest one wins.
  public static void write(Collection<LastUse> uses, Database database) {
    database.writing(handle -> {
      PreparedBatch batch =
          handle.prepareBatch(
              "insert into last_use (id, used_at, service, region)"
                  + " values (:id, :at, :service, :region)"
                  + " on conflict (id) do update set used_at = excluded.used_at,"
                  + " service = excluded.service, region = excluded.region"
                  + " where excluded.used_at > last_use.used_at");
      for (LastUse use : uses) {
        batch
            .bind("id", use.id)
            .bind("at", use.at.toEpochMilli())
            .bind("service", use.service)
            .bind("region", use.region)
            .add();
      }
      batch.execute();
    });
  }

  static Optional<LastUse> find(String id, Handle handle) {
    return handle
        .createQuery("select used_at, service, region from last_use where id = :id")
        .bind("id", id)
        .map((row, _) ->
            new LastUse(
                id,
                Instant.ofEpochMilli(row.getLong("used_at")),
                row.getString("service"),
                row.getString("region")))
        .findOne();
  }

  /// Forgets what nobody will ask for any more.
  static void forget(String id, Handle handle) {
    handle.execute("delete from last_use where id = ?", id);
  }
}
