package dev.tegata.server;

import dev.tegata.database.Database;
import dev.tegata.database.DatabaseUrl;
import dev.tegata.database.StoreException;
import dev.tegata.keys.KeyRing;
import dev.tegata.keys.MasterKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/// Where a server keeps everything: `master.key`, `tegata.db`, `objects/` and `audit.jsonl`.
///
/// One process at a time has it; it is held by a lock that the system lets go of when the process
/// ends, however it ends.
final class DataFolder implements AutoCloseable {
  private final Path folder;
  private final FileChannel lock;

  private DataFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /// Takes `folder`, which is made when it is not there.
  ///
  /// @throws StoreException when another process has it, or it cannot be written
  static DataFolder open(Path folder) {
    if (Files.isRegularFile(folder)) {
      throw new StoreException("the data folder " + folder + " is a file, not a folder");
    }
    try {
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      FileChannel channel =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isLocked(channel)) {
        channel.close();
        throw new StoreException("another Tegata is running on the data folder " + folder);
      }
      return new DataFolder(folder, channel);
    } catch (IOException e) {
      throw new StoreException("the data folder " + folder + " cannot be used: " + e, e);
    }
  }

  /// Whether the lock is ours now. Java tells in two ways that it is not: another process has it,
  /// or this one has it already.
  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock()).isPresent();
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /// The database at `url`, or the one in this folder.
  ///
  /// @throws StoreException when it cannot be used, or its master key is missing
  Database openDatabase(Optional<DatabaseUrl> url) {
    if (url.isPresent()) {
      return Database.open(url.get());
    }
    if (Files.exists(database())) {
      requireMasterKey();
    }
    return Database.open(database());
  }

  Path database() {
    return databaseIn(folder);
  }

  static Path databaseIn(Path folder) {
    return folder.resolve("tegata.db");
  }

  Path objects() {
    return folder.resolve("objects");
  }

  Path audit() {
    return folder.resolve("audit.jsonl");
  }

  /// The master key, made at the first start, when the database `isNew`.
  ///
  /// @throws StoreException when it is missing though the database is in use, or cannot be read
  KeyRing masterKey(boolean isNew) {
    try {
      if (isNew && !Files.exists(masterKey())) {
        return MasterKey.create(masterKey());
      }
      requireMasterKey();
      return MasterKey.read(masterKey());
    } catch (IllegalArgumentException | UncheckedIOException e) {
      throw new StoreException(String.valueOf(e.getMessage()), e);
    }
  }

  private void requireMasterKey() {
    if (!Files.exists(masterKey())) {
      throw new StoreException(
          "the master key %s is missing; without it the database cannot be read: put it back, or, on another server, copy it from the first"
              .formatted(masterKey()));
    }
  }

  private Path masterKey() {
    return folder.resolve("master.key");
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
