package dev.tegata.server;

import dev.tegata.database.Database;
import dev.tegata.database.DatabaseCopy;
import dev.tegata.database.DatabaseUrl;
import dev.tegata.database.SqliteCopy;
import dev.tegata.database.StoreException;
import dev.tegata.server.ServerSettings.Kept;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Copies of a server's database, always a SQLite file: taken while the server runs, and put back
/// where there is none.
///
/// Neither the master key nor the bytes of objects are in them.
public final class DataCopies {
  private DataCopies() {}

  /// Copies the database, as it is at one moment, to the new file `to`.
  ///
  /// @throws StoreException when there is such a file, or no database
  public static void backup(Kept kept, Path to) {
    if (Files.exists(to)) {
      throw new StoreException("the file " + to + " is there already: a backup overwrites nothing");
    }
    if (kept.database().isPresent()) {
      try (Database source = Database.open(kept.database().get())) {
        DatabaseCopy.toFile(source, to);
      }
      return;
    }
    Path file = DataFolder.databaseIn(kept.folder());
    if (!Files.exists(file)) {
      throw new StoreException("there is no database " + file);
    }
    SqliteCopy.write(file, to);
  }

  /// Puts the database of the file `from` where `kept` says, which must be empty. No server may run
  /// there.
  ///
  /// @throws StoreException when it is not, or `from` holds no database of this program
  public static void restore(Path from, Kept kept) {
    if (!Files.isRegularFile(from)) {
      throw new StoreException("there is no file " + from);
    }
    try (DataFolder folder = DataFolder.open(kept.folder())) {
      Path file = folder.database();
      if (kept.database().isEmpty() && Files.exists(file)) {
        throw new StoreException(
            "there is a database " + file + " already: move it away to restore another");
      }
      Path copy = file.resolveSibling("restored.db"); // to be brought to this version
      SqliteCopy.write(from, copy);
      try (Database source = Database.open(copy)) {
        kept.database().ifPresent(url -> copy(source, url));
      }
      if (kept.database().isEmpty()) {
        Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE);
      } else {
        Files.delete(copy);
      }
    } catch (IOException e) {
      throw new StoreException("the file " + from + " cannot be restored: " + e.getMessage(), e);
    }
  }

  /// Moves the database of the folder to the empty PostgreSQL database at `url`. The file stays,
  /// under the name `tegata.db.migrated`. No server may run on the folder.
  ///
  /// @throws StoreException when there is no file, or something at `url`
  public static void migrate(Path data, DatabaseUrl url) {
    if (!Files.exists(DataFolder.databaseIn(data))) {
      throw new StoreException("there is no database " + DataFolder.databaseIn(data));
    }
    try (DataFolder folder = DataFolder.open(data)) {
      try (Database source = Database.open(folder.database())) {
        copy(source, url);
      }
      Files.move(
          folder.database(),
          folder.database().resolveSibling("tegata.db.migrated"),
          StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new StoreException("the database cannot be moved: " + e.getMessage(), e);
    }
  }

  private static void copy(Database source, DatabaseUrl url) {
    try (Database target = Database.open(url)) {
      DatabaseCopy.copy(source, target);
    }
  }
}
