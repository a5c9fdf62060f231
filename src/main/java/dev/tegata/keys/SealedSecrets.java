package dev.tegata.keys;

import dev.tegata.database.Database;
import dev.tegata.database.Sealed;
import java.util.Optional;

/// Sealed secrets by name, such as key rings.
///
/// Each reading goes to the database, each writing is durable when it returns; who needs a secret
/// often keeps it.
public final class SealedSecrets {
  private final Database database;

  public SealedSecrets(Database database) {
    this.database = database;
  }

  public Optional<Sealed> find(String name) {
    return database.read(handle ->
        handle
            .createQuery("select sealed from sealed_secret where name = :name")
            .bind("name", name)
            .mapTo(byte[].class)
            .findOne()
            .map(Sealed::new));
  }

  /// Whether there is any secret: the database has been in use.
  public boolean isEmpty() {
    return database.read(handle ->
        handle
            .createQuery("select name from sealed_secret limit 1")
            .mapTo(String.class)
            .findOne()
            .isEmpty());
  }

  /// Keeps `secret` under `name` if `before` is still what is there; whether it was.
  public boolean replace(String name, Sealed before, Sealed secret) {
    return database.write(handle ->
        handle
                .createUpdate(
                    "update sealed_secret set sealed = :sealed"
                        + " where name = :name and sealed = :before")
                .bind("name", name)
                .bind("before", before.bytes())
                .bind("sealed", secret.bytes())
                .execute()
            == 1);
  }

  /// Keeps `secret` under `name`, in place of what was there.
  public void put(String name, Sealed secret) {
    write(
        name,
        secret,
        "insert into sealed_secret (name, sealed) values (:name, :sealed)"
            + " on conflict (name) do update set sealed = excluded.sealed");
  }

  /// Keeps `secret` under `name` unless there is one already; the one that is there now. Of several
  /// servers that start at once, all get that of the first.
  public Sealed putIfAbsent(String name, Sealed secret) {
    write(
        name,
        secret,
        "insert into sealed_secret (name, sealed) values (:name, :sealed)"
            + " on conflict (name) do nothing");
    return find(name).orElse(secret);
  }

  private void write(String name, Sealed secret, String statement) {
    database.writing(handle ->
        handle.createUpdate(statement).bind("name", name).bind("sealed", secret.bytes()).execute());
  }
}
