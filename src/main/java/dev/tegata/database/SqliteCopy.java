package dev.tegata.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/// Copies a SQLite database as it is at one moment, while others use it.
///
/// Source: <https://www.sqlite.org/lang_vacuum.html#vacuuminto>
public final class SqliteCopy {
  private SqliteCopy() {}

  /// Copies the database in `from` to the file `to`, which is whole and on the disk when it gets
  /// that name.
  ///
  /// @throws StoreException when it cannot be copied
  public static void write(Path from, Path to) {
    Path part = to.resolveSibling(to.getFileName() + ".part");
    try {
      Files.deleteIfExists(part);
      createForOwner(part);
      try (Connection connection = SqliteFile.connect(from);
          PreparedStatement copy = connection.prepareStatement("vacuum into ?")) {
        copy.setString(1, part.toString()); // an empty file is taken for one that is not there
        copy.execute();
      }
      finish(part, to);
    } catch (IOException | SQLException e) {
      throw new StoreException(
          "the database %s cannot be copied to %s: %s".formatted(from, to, e.getMessage()), e);
    }
  }

  /// Makes an empty file that its owner alone may read.
  static void createForOwner(Path file) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  /// Gives the file `part`, which is written to its end, the name `to`, so that a crash leaves it
  /// whole or without that name.
  static void finish(Path part, Path to) throws IOException {
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(part, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel folder =
        FileChannel.open(to.toAbsolutePath().resolveSibling(""), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  /// Keeps the database in `file` as it was under the schema of `version`.
  static void beforeMigration(Path file, String version) {
    write(file, file.resolveSibling(file.getFileName() + ".schema-" + version));
  }
}
