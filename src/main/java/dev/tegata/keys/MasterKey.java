package dev.tegata.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// The key under which every other secret of a server lies sealed in the database.
///
/// It is kept in one file that only its owner may read, never in the database: a copy of the
/// database alone gives nobody anything.
public final class MasterKey {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final String FIRST_LINE =
      "# Tegata's master key. Without it the database beside it cannot be read: keep a copy apart.\n";

  private MasterKey() {}

  /// Reads the key ring in `file`, which must be its owner's alone.
  ///
  /// @throws IllegalArgumentException when others may read the file, or it holds no key ring
  public static KeyRing read(Path file) {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      if (!OWNER_ONLY.containsAll(permissions)) {
        throw new IllegalArgumentException(
            "the master key `%s` may be read by others (%s); make it yours alone: chmod 600 %s"
                .formatted(file, PosixFilePermissions.toString(permissions), file));
      }
      String text = Files.readString(file);
      return KeyRing.parse(text.substring(text.indexOf('\n') + 1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalArgumentException e) {
      throw e.getCause() == null
          ? e
          : new IllegalArgumentException("the master key `" + file + "` is damaged", e);
    }
  }

  /// Makes a new key ring and keeps it in `file`, which must not exist.
  public static KeyRing create(Path file) {
    KeyRing ring = KeyRing.create();
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
      ByteBuffer bytes = ByteBuffer.wrap((FIRST_LINE + ring.unsafeText()).getBytes(UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ring;
  }
}
