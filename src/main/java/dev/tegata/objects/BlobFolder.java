package dev.tegata.objects;

import dev.tegata.database.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/// Files of bytes under opaque ids; what has an id is whole and on the disk.
///
/// A file is written in the folder `incoming`, synced, renamed into the folder `whole`, and that
/// folder is synced. A name that a client chose never becomes a file name.
///
/// The ids in `unsettled` are of files that no row of the database need name yet; an id stands
/// there before its file exists, and until it is settled or discarded.
final class BlobFolder {
  private static final int ID_BYTES = 16;
  private static final int SWEEP_BATCH = 500;
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final HexFormat HEX = HexFormat.of();

  private final Path incoming;
  private final Path whole;
  private final RandomGenerator random;
  private final Set<String> unsettled = ConcurrentHashMap.newKeySet();

  BlobFolder(Path root, RandomGenerator random) {
    this.incoming = root.resolve("incoming");
    this.whole = root.resolve("whole");
    this.random = random;
    try {
      Files.createDirectories(incoming);
      Files.createDirectories(whole);
      sync(root);
    } catch (IOException e) {
      throw new StoreException("the folder " + root + " cannot be used: " + e.getMessage(), e);
    }
  }

  /// Writes `body` to its end. Whatever the body throws comes through, and leaves nothing behind.
  Blob write(InputStream body) throws IOException {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    String id = HEX.formatHex(bytes);
    unsettled.add(id);
    boolean written = false;
    try {
      long size = writeFile(incoming.resolve(id), body);
      Files.move(incoming.resolve(id), whole.resolve(id), StandardCopyOption.ATOMIC_MOVE);
      sync(whole);
      written = true;
      return new Blob(id, size);
    } finally {
      if (!written) {
        delete(id);
        unsettled.remove(id);
      }
    }
  }

  private static long writeFile(Path file, InputStream body) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, n);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      }
      channel.force(true);
      return channel.size();
    }
  }

  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /// Whether the file of `id` stays is from now on for the rows of the database to say.
  void settle(String id) {
    unsettled.remove(id);
  }

  /// Deletes the file of `id`, which no row names; whoever reads it just now reads on.
  void discard(String id) {
    delete(id);
    unsettled.remove(id);
  }

  private void delete(String id) {
    try {
      Files.deleteIfExists(incoming.resolve(id));
      Files.deleteIfExists(whole.resolve(id));
    } catch (IOException _) {
      // it is out of sight already, and the next sweep takes it away
    }
  }

  /// `length` bytes from `offset` on, if the file is there: it stays readable when it is deleted.
  Optional<InputStream> read(String id, long offset, long length) throws IOException {
    try {
      SeekableByteChannel channel = Files.newByteChannel(whole.resolve(id));
      channel.position(offset);
      return Optional.of(new Section(Channels.newInputStream(channel), length));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  /// Deletes what a crash left behind: files last written `before` then that are neither unsettled
  /// nor named by a row. `named` tells which of some ids are named. It may run beside requests.
  int sweep(Instant before, UnaryOperator<Set<String>> named) throws IOException {
    int swept = 0;
    for (Path folder : List.of(incoming, whole)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
        Iterator<Path> rest = files.iterator();
        while (rest.hasNext()) {
          swept += sweep(folder, nextIds(rest, before), named);
        }
      }
    }
    return swept;
  }

  private static Set<String> nextIds(Iterator<Path> files, Instant before) throws IOException {
    Set<String> ids = new HashSet<>();
    while (files.hasNext() && ids.size() < SWEEP_BATCH) {
      Path file = files.next();
      if (before.equals(Instant.MAX) || isOlder(file, before)) {
        ids.add(file.getFileName().toString());
      }
    }
    return ids;
  }

  private static boolean isOlder(Path file, Instant before) throws IOException {
    try {
      return Files.getLastModifiedTime(file).toInstant().isBefore(before);
    } catch (NoSuchFileException _) {
      return false; // another server has just moved or deleted it
    }
  }

  // INVARIANT: the files are listed first, then asked for among the unsettled, then for their rows.
  // What was settled or discarded before it was asked for has a row by now, or no file.
  private int sweep(Path folder, Set<String> ids, UnaryOperator<Set<String>> named)
      throws IOException {
    ids.removeAll(unsettled);
    ids.removeAll(named.apply(ids));
    int swept = 0;
    for (String id : ids) {
      swept += Files.deleteIfExists(folder.resolve(id)) ? 1 : 0;
    }
    return swept;
  }
}
