package dev.tegata.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.database.DatabaseUrl;
import dev.tegata.database.PostgresqlProcess;
import dev.tegata.server.ServerSettings.Kept;
import dev.tegata.sigv4.RequestSigner.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// Two servers on one PostgreSQL database: what one refuses, the other refuses too.
class SharedRevocationTest {
  private static final String ROLE = "arn:aws:iam::123456789012:role/team/deploy";
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final int AT_ONCE = 16;

  @TempDir private Path folder;

  private final SettableClock clock = new SettableClock(WebIdentityCase.NOON);
  private final ForeignIssuer issuer = new ForeignIssuer();
  private final AtomicInteger ids = new AtomicInteger();
  private final List<RunningServer> running = new ArrayList<>();
  private RunningServer first;
  private RunningServer second;

  @BeforeEach
  void start() throws IOException {
    String url = PostgresqlProcess.shared().newDatabase();
    first = start("first", url);
    second = start("second", url);
  }

  /// A server with a folder of its own, and the master key of the first.
  private RunningServer start(String name, String url) throws IOException {
    Path data = Files.createDirectories(folder.resolve(name));
    Path key = folder.resolve("first").resolve("master.key");
    if (Files.exists(key)) {
      Files.copy(key, data.resolve("master.key"));
    }
    RunningServer server =
        RunningServer.start(
            new Kept(
                data, Optional.of(DatabaseUrl.parse(url)), Optional.of(folder.resolve("objects"))),
            "https://issuer.example",
            clock);
    running.add(server);
    return server;
  }

  @AfterEach
  void stop() {
    running.reversed().forEach(RunningServer::close);
    issuer.close();
  }

  private void create(String singleUse) throws IOException {
    first.create(
        Files.readString(Path.of("src/test/resources/vectors/api/revocations.yaml")),
        Map.of("Issuer", issuer.url(), "Host", issuer.host(), "SingleUse", singleUse));
    within(SOON, () -> second.exchange(ROLE, "run-1", token()).status() == 200);
  }

  private String token() {
    long now = clock.instant().getEpochSecond();
    return issuer.token(
        """
        {"iss":"%s","aud":"sts.amazonaws.com","sub":"repo:octo-org/app","jti":"%d","iat":%d,\
        "exp":%d}\
        """
            .formatted(issuer.url(), ids.incrementAndGet(), now, now + 300));
  }

  private static void within(Duration time, Callable<Boolean> question) {
    long end = System.nanoTime() + time.toNanos();
    try {
      while (!question.call()) {
        assertThat(System.nanoTime()).as("%s have passed", time).isLessThan(end);
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Answer api(RunningServer server, String method, String path, String body) {
    return server.send(
        server.sign(
            server.request(method, "/_/api/" + path, body), body, RunningServer.ROOT, "tegata"));
  }

  @Test
  void what_one_revokes_the_other_refuses_within_a_second() throws IOException {
    create("false");
    Credentials session = RunningServer.credentials(first.exchange(ROLE, "run-1", token()));
    assertThat(second.callerIdentity(session).status()).isEqualTo(200);
    Answer made =
        api(first, "POST", "revocations", "{\"role\": \"deploy\", \"reason\": \"a test\"}");
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    assertThat(first.callerIdentity(session).status()).isEqualTo(403);
    within(SOON, () -> second.callerIdentity(session).status() == 403);
    assertThat(second.exchange(ROLE, "run-1", token()).status()).isEqualTo(403);
    String id = JsonMapper.shared().readTree(made.body()).path("id").asString();
    assertThat(api(second, "DELETE", "revocations/" + id, "").status()).isEqualTo(204);
    within(SOON, () -> first.callerIdentity(session).status() == 200);
  }

  @Test
  void of_all_who_come_with_a_token_to_two_servers_one_is_let_in() throws Exception {
    create("true");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < 5; round++) {
        String token = token();
        List<Callable<Integer>> calls =
            IntStream.range(0, AT_ONCE)
                .<Callable<Integer>>mapToObj(number ->
                    () ->
                        (number % 2 == 0 ? first : second).exchange(ROLE, "run-1", token).status())
                .toList();
        assertThat(threads.invokeAll(calls).stream().map(Future::resultNow))
            .filteredOn(status -> status == 200)
            .hasSize(1);
      }
    }
  }

  @Test
  void no_session_is_lost_while_both_give_their_tokens_new_keys() throws Exception {
    create("false");
    AtomicBoolean isOver = new AtomicBoolean();
    int used = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> users = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        RunningServer here = i % 2 == 0 ? first : second;
        RunningServer there = i % 2 == 0 ? second : first;
        users.add(threads.submit(() -> useSessions(here, there, isOver)));
      }
      for (int i = 0; i < 10; i++) {
        (i % 2 == 0 ? first : second).server().rotateSessionKeys();
        int before = ids.get();
        within(Duration.ofSeconds(30), () -> ids.get() > before + 4);
      }
      isOver.set(true);
      for (Future<Integer> each : users) {
        used += each.get();
      }
    }
    assertThat(used).isGreaterThan(40);
  }

  /// Gets sessions here, and uses each there and here.
  private int useSessions(RunningServer here, RunningServer there, AtomicBoolean isOver) {
    int sessions = 0;
    while (!isOver.get()) {
      Credentials session = RunningServer.credentials(here.exchange(ROLE, "run-1", token()));
      assertThat(there.callerIdentity(session).error()).isEqualTo("200 : ");
      assertThat(here.callerIdentity(session).error()).isEqualTo("200 : ");
      sessions++;
    }
    return sessions;
  }
}
