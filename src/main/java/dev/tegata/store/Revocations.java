package dev.tegata.store;

import dev.tegata.arn.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/// All revocations, as they were at one moment. It never changes.
public final class Revocations {
  private record Revoked(String kind, String value) {}

  private final List<Revocation> all;
  private final Map<Revoked, List<Revocation>> byValue;

  /// In the order in which they were made.
  public Revocations(List<Revocation> all) {
    this.all = List.copyOf(all);
    Map<Revoked, List<Revocation>> found = new HashMap<>();
    for (Revocation each : all) {
      found.merge(
          new Revoked(each.kind(), each.value()),
          List.of(each),
          (some, more) -> Stream.concat(some.stream(), more.stream()).toList());
    }
    this.byValue = Map.copyOf(found);
  }

  /// All that `handle` finds.
  static Revocations read(Handle handle) {
    return new Revocations(
        handle
            .createQuery("select * from revocation order by created_at, id")
            .map((row, _) -> revocation(row))
            .list());
  }

  private static Revocation revocation(ResultSet row) throws SQLException {
    long until = row.getLong("until_at");
    boolean lasts = row.wasNull();
    return new Revocation(
        row.getString("id"),
        new AccountId(row.getString("account_id")),
        row.getString("kind"),
        row.getString("value"),
        row.getBoolean("only_existing"),
        row.getString("reason"),
        lasts ? Optional.empty() : Optional.of(Instant.ofEpochMilli(until)),
        Instant.ofEpochMilli(row.getLong("created_at")),
        row.getString("created_by"));
  }

  public List<Revocation> all() {
    return all;
  }

  public boolean isEmpty() {
    return all.isEmpty();
  }

  /// The first revocation of `value` that `applies`. It costs the same however many there are.
  public Optional<Revocation> find(String kind, String value, Predicate<Revocation> applies) {
    return byValue.getOrDefault(new Revoked(kind, value), List.of()).stream()
        .filter(applies)
        .findFirst();
  }
}
