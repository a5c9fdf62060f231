package dev.tegata.server;

import dev.tegata.arn.AccountId;
import dev.tegata.database.Database;
import dev.tegata.iam.Iam;
import dev.tegata.objects.BucketStore;
import dev.tegata.provisioning.Cloud;
import dev.tegata.store.Account;
import dev.tegata.store.IdentityStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.SplittableRandom;

/// An account without a server: it can be filled and asked, and nobody can reach it.
public final class OfflineCloud implements AutoCloseable {
  private final Database database;
  private final Cloud cloud;

  private OfflineCloud(Database database, Cloud cloud) {
    this.database = database;
    this.cloud = cloud;
  }

  /// A new account, kept in the empty folder `folder`.
  public static OfflineCloud in(Path folder, AccountId account, Instant now) {
    Database database = Database.open(folder.resolve("tegata.db"));
    IdentityStore identities = new IdentityStore(database);
    identities.change(change -> {
      change.create(new Account(account, now));
      return account;
    });
    Iam iam = new Iam(identities, new SplittableRandom(account.number()));
    return new OfflineCloud(
        database, new Cloud(account, identities, iam, new BucketStore(database)));
  }

  public Cloud cloud() {
    return cloud;
  }

  @Override
  public void close() {
    database.close();
  }
}
