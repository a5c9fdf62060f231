package dev.tegata.objects;

import dev.tegata.arn.AccountId;
import dev.tegata.database.Database;

/// Rows that the tests of other packages need.
public final class StoreFixture {
  private StoreFixture() {}

  public static void addAccounts(Database database, AccountId... accounts) {
    for (AccountId account : accounts) {
      database
          .jdbi()
          .useHandle(handle ->
              handle.execute(
                  "insert into account (id, created_at) values (?, 0) on conflict do nothing",
                  account.digits()));
    }
  }
}
