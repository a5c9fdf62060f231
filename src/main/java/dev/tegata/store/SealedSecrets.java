package dev.tegata.store;

import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/// Sealed secrets by name, such as key rings.
///
/// Each reading goes to the database, each writing is durable when it returns; who needs a secret
/// often keeps it.
public final class SealedSecrets {
  private final Jdbi jdbi;

  public SealedSecrets(Database database) {
    this.jdbi = database.jdbi();
  }

  public Optional<Sealed> find(String name) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("select sealed from sealed_secret where name = :name")
            .bind("name", name)
            .mapTo(byte[].class)
            .findOne()
            .map(Sealed::new));
  }

  /// Keeps `secret` under `name` if `before` is still what is there; whether it was.
  public boolean replace(String name, Sealed before, Sealed secret) {
    return jdbi.withHandle(handle ->
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
    jdbi.useHandle(handle ->
        handle
            .createUpdate(
                "insert into sealed_secret (name, sealed) values (:name, :sealed)"
                    + " on conflict (name) do update set sealed = excluded.sealed")
            .bind("name", name)
            .bind("sealed", secret.bytes())
            .execute());
  }
}
