package dev.tegata.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.arn.AccountId;
import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.Refusal;
import dev.tegata.database.Database;
import dev.tegata.http.Headers;
import dev.tegata.http.HttpRequest;
import dev.tegata.http.HttpResponse;
import dev.tegata.objects.BucketStore;
import dev.tegata.objects.ObjectStore;
import dev.tegata.objects.StoreFixture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// S3 on a folder of its own, and a client that speaks to it without signatures.
final class Gateway implements AutoCloseable {
  static final AccountId OWNER = new AccountId("123456789012");
  static final AccountId STRANGER = new AccountId("999999999999");
  static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private final Path folder;
  private final Database database;
  private final S3Service service;
  final ObjectStore objects;
  private AccountId caller = OWNER;
  private Instant now = NOON;
  private Predicate<Access> policy = _ -> true;
  private RecordedCall lastCall = new RecordedCall(OWNER, NOON, policy);

  Gateway(Path folder) {
    this(folder, "us-east-1");
  }

  Gateway(Path folder, String region) {
    this.folder = folder;
    this.database = Database.open(folder.resolve("tegata.db"));
    StoreFixture.addAccounts(database, OWNER, STRANGER);
    this.objects = new ObjectStore(database, folder.resolve("blobs"), new Random(7));
    this.service =
        new S3Service(
            new BucketStore(database),
            objects,
            new S3Service.Endpoint(region, List.of("s3.example.test")));
  }

  /// What came back, its body read to the end.
  record Answer(int status, Headers headers, String text) {
    String header(String name) {
      return headers.first(name).orElse("");
    }

    /// The code of an error.
    String code() {
      return text.replaceFirst("(?s).*<Code>", "").replaceFirst("(?s)</Code>.*", "");
    }
  }

  Gateway as(AccountId account) {
    caller = account;
    return this;
  }

  Gateway at(Instant time) {
    now = time;
    return this;
  }

  /// From now on only what `policy` says is allowed.
  Gateway allowing(Predicate<Access> policy) {
    this.policy = policy;
    return this;
  }

  /// From now on only these actions are allowed.
  Gateway allowing(String... actions) {
    List<String> allowed = List.of(actions);
    return allowing(access -> allowed.contains(access.action()));
  }

  /// What the last request had to be allowed to do.
  List<Access> required() {
    return lastCall.required();
  }

  Answer get(String target, String... headers) {
    return send("GET", target, "", headers);
  }

  Answer put(String target, String body, String... headers) {
    return send("PUT", target, body, headers);
  }

  Answer send(String method, String target, String body, String... headers) {
    byte[] bytes = body.getBytes(UTF_8);
    Headers all = Headers.of(headers);
    if (all.first("Content-Length").isEmpty()) {
      all = all.with("Content-Length", Integer.toString(bytes.length));
    }
    return send(method, target, new ByteArrayInputStream(bytes), all);
  }

  Answer send(String method, String target, InputStream body, Headers headers) {
    HttpResponse answer = open(request(method, target, body, headers));
    try (InputStream bytes = answer.body()) {
      return new Answer(answer.status(), answer.headers(), new String(bytes.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The answer with its body still unread.
  HttpResponse open(HttpRequest request) {
    lastCall = new RecordedCall(caller, now, policy);
    try {
      return service.answer(request, lastCall);
    } catch (Refusal refusal) {
      return S3Errors.answer(refusal.error(), request, lastCall.requestId());
    }
  }

  static HttpRequest request(String method, String target, InputStream body, Headers headers) {
    int mark = target.indexOf('?');
    return new HttpRequest(
        method,
        mark < 0 ? target : target.substring(0, mark),
        mark < 0 ? "" : target.substring(mark + 1),
        headers,
        body,
        "127.0.0.1",
        false);
  }

  String operation(String method, String target) {
    return service.operation(request(method, target, InputStream.nullInputStream(), Headers.of()));
  }

  /// How many files there are, whole or not.
  long files() {
    try (Stream<Path> files = Files.walk(folder.resolve("blobs"))) {
      return files.filter(Files::isRegularFile).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
