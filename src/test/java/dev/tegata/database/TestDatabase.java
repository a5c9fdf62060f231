package dev.tegata.database;

import java.nio.file.Path;

/// A database that a test may open as often as it likes, of either kind.
public final class TestDatabase {
  private final Dialect dialect;
  private final Path file;
  private final String url;

  private TestDatabase(Dialect dialect, Path file, String url) {
    this.dialect = dialect;
    this.file = file;
    this.url = url;
  }

  /// A new one; `folder` is for its file, if it has one.
  public static TestDatabase create(Dialect dialect, Path folder) {
    return new TestDatabase(
        dialect,
        folder.resolve("tegata.db"),
        dialect == Dialect.POSTGRESQL ? PostgresqlProcess.shared().newDatabase() : "");
  }

  public Database open() {
    return switch (dialect) {
      case SQLITE -> Database.open(file);
      case POSTGRESQL -> Database.open(DatabaseUrl.parse(url));
    };
  }

  public boolean isShared() {
    return dialect == Dialect.POSTGRESQL;
  }

  /// The URL of the PostgreSQL database.
  public String url() {
    return url;
  }
}
