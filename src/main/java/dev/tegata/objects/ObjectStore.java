package dev.tegata.objects;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.database.Database;
import dev.tegata.database.StoreException;
import dev.tegata.objects.Listing.Page;
import dev.tegata.store.Change;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;

/// The objects of all buckets: a row each in the database, their bytes in files of a folder.
///
/// An object is first [written][#write] and then [put][#put]: the bytes are on the disk before the
/// row that names them is committed, and the bytes of an object that was replaced or deleted go
/// after that commit. A crash at any moment leaves each key with its old object or with its new
/// one, and perhaps a file that nobody names, which [#sweep] takes away.
public final class ObjectStore {

  /// What became of a change.
  public enum Outcome {
    DONE,
    PRECONDITION_FAILED,
    NO_SUCH_KEY,
    NO_SUCH_BUCKET
  }

  private static final Duration LONGEST_UPLOAD = Duration.ofDays(1);

  private final Database database;
  private final BlobFolder blobs;

  /// A store with its files in `folder`, which is made when it is not there. `random` gives names
  /// to files; many threads ask it.
  public ObjectStore(Database database, Path folder, RandomGenerator random) {
    this.database = database;
    this.blobs = new BlobFolder(folder, random);
  }

  /// Stores the bytes of `body` for an object to come. What the body throws comes through and
  /// leaves nothing behind. The blob is then put, or discarded.
  public Blob write(InputStream body) {
    try {
      return blobs.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Gives up bytes that were written and not put.
  public void discard(Blob blob) {
    blobs.discard(blob.id());
  }

  /// Makes `object`, whose blob was written, the one under its key, if `precondition` is true then;
  /// otherwise its bytes are discarded.
  public Outcome put(Bucket bucket, StoredObject object, Precondition precondition) {
    Change change;
    try {
      change = database.write(handle -> put(handle, bucket, object, precondition));
    } finally {
      blobs.settle(object.blob().id()); // after a failed commit nobody knows: the sweep will see
    }
    if (change.outcome() != Outcome.DONE) {
      discard(object.blob());
    }
    change.released().forEach(this::discard);
    return change.outcome();
  }

  private Change put(Handle handle, Bucket bucket, StoredObject object, Precondition precondition) {
    boolean isThere =
        handle
            .createQuery(
                "select 1 from bucket where name = :name and account_id = :account"
                    + database.dialect().keepingRows())
            .bind("name", bucket.name())
            .bind("account", bucket.account().digits())
            .mapTo(Integer.class)
            .findOne()
            .isPresent();
    if (!isThere) {
      return new Change(Outcome.NO_SUCH_BUCKET, List.of());
    }
    lock(handle, bucket, object.key());
    Optional<StoredObject> old = find(handle, bucket, object.key());
    if (!precondition.holds(old.map(StoredObject::etag))) {
      return Change.refused(old);
    }
    handle
        .createUpdate(
            "insert into object (bucket, key, blob_id, size, etag, modified_at, headers)"
                + " values (:bucket, :key, :blob, :size, :etag, :modified, :headers)"
                + " on conflict (bucket, key) do update set blob_id = excluded.blob_id,"
                + " size = excluded.size, etag = excluded.etag,"
                + " modified_at = excluded.modified_at, headers = excluded.headers")
        .bind("bucket", bucket.name())
        .bind("key", object.key().getBytes(UTF_8))
        .bind("blob", object.blob().id())
        .bind("size", object.size())
        .bind("etag", object.etag())
        .bind("modified", object.modified().getEpochSecond())
        .bind("headers", ObjectRow.lines(object.headers()))
        .execute();
    return Change.done(old);
  }

  /// Deletes the object under `key`, if `precondition` is true then; done, too, if there is none.
  public Outcome delete(Bucket bucket, String key, Precondition precondition) {
    Change change =
        database.write(handle -> {
          lock(handle, bucket, key);
          Optional<StoredObject> old = find(handle, bucket, key);
          if (!precondition.holds(old.map(StoredObject::etag))) {
            return Change.refused(old);
          }
          delete(handle, bucket, key);
          return Change.done(old);
        });
    change.released().forEach(this::discard);
    return change.outcome();
  }

  /// Deletes the objects under `keys`, all or none.
  public void deleteAll(Bucket bucket, List<String> keys) {
    List<Blob> released = new ArrayList<>();
    database.writing(handle -> {
      for (String key :
          new TreeSet<>(keys)) { // in one order, so that two do not wait for each other
        lock(handle, bucket, key);
        find(handle, bucket, key).map(StoredObject::blob).ifPresent(released::add);
        delete(handle, bucket, key);
      }
    });
    released.forEach(this::discard);
  }

  /// Keeps others from the key, whether or not there is an object under it yet.
  private void lock(Handle handle, Bucket bucket, String key) {
    long number = ((long) bucket.name().hashCode() << Integer.SIZE) ^ key.hashCode();
    database.dialect().lock(handle, number);
  }

  private static void delete(Handle handle, Bucket bucket, String key) {
    handle
        .createUpdate("delete from object where bucket = :bucket and key = :key")
        .bind("bucket", bucket.name())
        .bind("key", key.getBytes(UTF_8))
        .execute();
  }

  /// The object under `key`.
  public Optional<StoredObject> find(Bucket bucket, String key) {
    return database.read(handle -> find(handle, bucket, key));
  }

  private static Optional<StoredObject> find(Handle handle, Bucket bucket, String key) {
    return handle
        .createQuery("select * from object where bucket = :bucket and key = :key")
        .bind("bucket", bucket.name())
        .bind("key", key.getBytes(UTF_8))
        .map((row, _) -> ObjectRow.object(row))
        .findOne();
  }

  /// `length` bytes of `object` from `offset` on, or nothing if it was replaced or deleted since it
  /// was found. Once given, the bytes stay readable whatever happens to the object.
  public Optional<InputStream> read(StoredObject object, long offset, long length) {
    String id = object.blob().id();
    try {
      Optional<InputStream> bytes = blobs.read(id, offset, length);
      if (bytes.isEmpty() && !named(Set.of(id)).isEmpty()) {
        throw new StoreException("the bytes of `" + object.key() + "`, blob " + id + ", are lost");
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A page of the keys of `bucket`.
  public Page list(Bucket bucket, Listing listing) {
    return database.read(handle -> new KeyScan(listing).run(handle.getConnection(), bucket.name()));
  }

  /// Deletes the files that a crash left behind, and tells how many; it may run beside requests.
  /// Where other servers write into the same folder, files that are younger than a day are theirs.
  public int sweep(Instant now) {
    Instant before = database.isShared() ? now.minus(LONGEST_UPLOAD) : Instant.MAX;
    try {
      return blobs.sweep(before, this::named);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Set<String> named(Set<String> ids) {
    if (ids.isEmpty()) {
      return Set.of();
    }
    return database.read(handle ->
        handle
            .createQuery("select blob_id from object where blob_id in (<ids>)")
            .bindList("ids", List.copyOf(ids))
            .mapTo(String.class)
            .set());
  }

  /// What a transaction did, and whose bytes nobody needs once it is committed.
  private record Change(Outcome outcome, List<Blob> released) {
    static Change done(Optional<StoredObject> old) {
      return new Change(Outcome.DONE, old.map(StoredObject::blob).stream().toList());
    }

    static Change refused(Optional<StoredObject> old) {
      return new Change(
          old.isPresent() ? Outcome.PRECONDITION_FAILED : Outcome.NO_SUCH_KEY, List.of());
    }
  }
}
