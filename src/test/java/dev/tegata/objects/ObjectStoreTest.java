package dev.tegata.objects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tegata.arn.AccountId;
import dev.tegata.database.Database;
import dev.tegata.database.StoreException;
import dev.tegata.http.Headers;
import dev.tegata.objects.Listing.Page;
import dev.tegata.objects.ObjectStore.Outcome;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectStoreTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final AccountId ACCOUNT = new AccountId("123456789012");
  private static final Bucket BUCKET = new Bucket("b-1", ACCOUNT, "us-east-1", NOON);

  @TempDir private Path folder;
  private Database database;
  private BucketStore buckets;
  private ObjectStore objects;

  @BeforeEach
  void open() {
    database = Database.open(folder.resolve("tegata.db"));
    StoreFixture.addAccounts(database, ACCOUNT);
    buckets = new BucketStore(database);
    objects = new ObjectStore(database, folder.resolve("blobs"), new SecureRandom());
    buckets.create(BUCKET);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Blob write(String text) {
    return objects.write(new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  private static StoredObject object(String key, Blob blob) {
    return new StoredObject(key, blob, "etag", NOON, Headers.of("Content-Type", "text/plain"));
  }

  private Outcome put(String key, String text, Precondition precondition) {
    return objects.put(BUCKET, object(key, write(text)), precondition);
  }

  private String read(String key) throws IOException {
    StoredObject object = objects.find(BUCKET, key).orElseThrow();
    try (InputStream in = objects.read(object, 0, object.size()).orElseThrow()) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("blobs"))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void what_was_put_is_there_after_a_restart() throws IOException {
    put("key", "data", new Precondition.None());
    database.close();
    database = Database.open(folder.resolve("tegata.db"));
    objects = new ObjectStore(database, folder.resolve("blobs"), new SecureRandom());
    assertThat(read("key")).isEqualTo("data");
    assertThat(objects.find(BUCKET, "key").orElseThrow().headers())
        .isEqualTo(Headers.of("Content-Type", "text/plain"));
    assertThat(objects.sweep(Instant.EPOCH)).isZero();
  }

  @Test
  void a_restart_sweeps_away_what_a_crash_left() throws IOException {
    put("key", "data", new Precondition.None());
    Blob unnamed = write("written, and the power gone before it was put");
    Files.writeString(folder.resolve("blobs/incoming/0123"), "half of a file");
    assertThat(objects.sweep(Instant.EPOCH)).as("a file of this process is in flight").isEqualTo(1);
    objects = new ObjectStore(database, folder.resolve("blobs"), new SecureRandom());
    assertThat(objects.sweep(Instant.EPOCH)).isEqualTo(1);
    assertThat(files()).hasSize(1).noneMatch(file -> file.endsWith(unnamed.id()));
    assertThat(read("key")).isEqualTo("data");
  }

  @Test
  void a_sweep_beside_uploads_takes_nothing_that_is_needed() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> uploads = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        String key = "key" + i;
        uploads.add(threads.submit(() -> put(key, key, new Precondition.None())));
        assertThat(objects.sweep(Instant.EPOCH)).isZero();
      }
      for (Future<?> upload : uploads) {
        upload.get();
      }
    }
    for (int i = 0; i < 40; i++) {
      assertThat(read("key" + i)).isEqualTo("key" + i);
    }
    assertThat(files()).hasSize(40);
  }

  @Test
  void of_many_who_create_an_object_at_once_one_succeeds()
      throws InterruptedException, ExecutionException, IOException {
    List<Outcome> outcomes = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<Outcome>> results = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        String text = "text " + i;
        results.add(threads.submit(() -> put("key", text, new Precondition.Absent())));
      }
      for (Future<Outcome> result : results) {
        outcomes.add(result.get());
      }
    }
    assertThat(outcomes).containsOnlyOnce(Outcome.DONE);
    assertThat(outcomes).filteredOn(Outcome.PRECONDITION_FAILED::equals).hasSize(15);
    assertThat(files()).hasSize(1);
  }

  @Test
  void an_upload_into_a_bucket_that_is_gone_leaves_nothing() throws IOException {
    Blob blob = write("data");
    assertThat(buckets.delete(BUCKET)).isEqualTo(BucketStore.Deletion.DELETED);
    assertThat(objects.put(BUCKET, object("key", blob), new Precondition.None()))
        .isEqualTo(Outcome.NO_SUCH_BUCKET);
    assertThat(files()).isEmpty();
    assertThat(buckets.delete(BUCKET)).isEqualTo(BucketStore.Deletion.NOT_FOUND);
  }

  @Test
  void an_upload_does_not_get_into_a_bucket_of_the_same_name_and_another_owner() {
    Blob blob = write("data");
    AccountId other = new AccountId("999999999999");
    StoreFixture.addAccounts(database, other);
    buckets.delete(BUCKET);
    buckets.create(new Bucket("b-1", other, "us-east-1", NOON));
    assertThat(objects.put(BUCKET, object("key", blob), new Precondition.None()))
        .isEqualTo(Outcome.NO_SUCH_BUCKET);
  }

  @Test
  void bytes_that_were_given_up_are_gone() throws IOException {
    objects.discard(write("data"));
    assertThat(files()).isEmpty();
  }

  @Test
  void a_file_that_is_too_short_is_noticed() throws IOException {
    put("key", "data", new Precondition.None());
    Files.writeString(files().getFirst(), "da");
    assertThatThrownBy(() -> read("key"))
        .isInstanceOf(EOFException.class)
        .hasMessageContaining("2 bytes too early");
  }

  @Test
  void a_file_that_is_lost_is_told_from_an_object_that_was_replaced() throws IOException {
    put("key", "data", new Precondition.None());
    StoredObject old = objects.find(BUCKET, "key").orElseThrow();
    put("key", "next", new Precondition.None());
    assertThat(objects.read(old, 0, 4)).isEmpty();
    Files.delete(files().getFirst());
    assertThatThrownBy(() -> read("key"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("`key`");
  }

  @Test
  void a_header_field_cannot_smuggle_in_another() {
    assertThatThrownBy(() ->
            new StoredObject("key", new Blob("id", 0), "etag", NOON, Headers.of("a", "b\nx: y")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void listing_reads_along_the_index_and_sorts_nothing() {
    List<String> plan =
        database
            .jdbi()
            .withHandle(handle ->
                handle
                    .createQuery(
                        "explain query plan select * from object where bucket = 'b' and key >="
                            + " x'00' and key < x'ff' order by key limit 10")
                    .map((row, _) -> row.getString("detail"))
                    .list());
    assertThat(plan)
        .singleElement()
        .asString()
        .contains("USING INDEX", "bucket=? AND key>? AND key<?");
  }

  @Test
  void a_common_prefix_takes_one_seek_however_many_keys_it_stands_for() {
    database
        .jdbi()
        .useHandle(handle ->
            handle.execute(
                "insert into object (bucket, key, blob_id, size, etag, modified_at, headers)"
                    + " with recursive n(i) as (select 0 union all select i + 1 from n where i"
                    + " < 99999) select 'b-1', cast(printf('%d/%05d', i % 2, i) as blob),"
                    + " printf('%032d', i), 0, 'etag', 0, '' from n"));
    Listing top = new Listing("", "/", "", 1000);
    assertThat(objects.list(BUCKET, top).items())
        .extracting(Listing.Item::text)
        .containsExactly("0/", "1/");
    long start = System.nanoTime();
    for (int i = 0; i < 100; i++) {
      objects.list(BUCKET, top);
    }
    long nanosOfOne = (System.nanoTime() - start) / 100;
    assertThat(nanosOfOne).isLessThan(20_000_000);
    Page page = objects.list(BUCKET, new Listing("1/", "", "1/50000", 3));
    assertThat(page.items())
        .extracting(Listing.Item::text)
        .containsExactly("1/50001", "1/50003", "1/50005");
    assertThat(page.isTruncated()).isTrue();
  }
}
