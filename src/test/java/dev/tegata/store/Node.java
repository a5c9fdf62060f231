package dev.tegata.store;

import dev.tegata.database.Database;
import dev.tegata.database.TestDatabase;

/// A store as one server has it.
final class Node implements AutoCloseable {
  final Database database;
  final IdentityStore store;

  Node(TestDatabase database) {
    this.database = database.open();
    this.store = new IdentityStore(this.database);
  }

  Identities now() {
    return store.now();
  }

  @Override
  public void close() {
    store.close();
    database.close();
  }
}
