package dev.tegata.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tegata.credentials.AuthenticatorApp;
import dev.tegata.database.DatabaseUrl;
import dev.tegata.database.PostgresqlProcess;
import dev.tegata.database.StoreException;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole servers on one PostgreSQL database.
class SharedDatabaseTest {
  private static final String UNAVAILABLE =
      "503 ServiceUnavailable: The request has failed due to a temporary failure of the server.";

  @TempDir private Path folder;

  private final SettableClock clock = new SettableClock(WebIdentityCase.NOON);

  /// A server with a folder of its own, and the master key of the first.
  private RunningServer start(String name, String url) throws IOException {
    Path data = Files.createDirectories(folder.resolve(name));
    Path key = folder.resolve("first").resolve("master.key");
    if (Files.exists(key) && !Files.exists(data.resolve("master.key"))) {
      Files.copy(key, data.resolve("master.key"));
    }
    return RunningServer.start(kept(data, url), "https://issuer.example", clock);
  }

  private Kept kept(Path data, String url) {
    return new Kept(
        data, Optional.of(DatabaseUrl.parse(url)), Optional.of(folder.resolve("objects")));
  }

  private static void becomesTrue(Duration within, BooleanSupplier question) {
    long end = System.nanoTime() + within.toNanos();
    while (!question.getAsBoolean()) {
      assertThat(System.nanoTime()).as("%s have passed", within).isLessThan(end);
    }
  }

  @Test
  void what_one_makes_the_other_serves() throws IOException {
    String url = PostgresqlProcess.shared().newDatabase();
    try (ForeignIssuer issuer = new ForeignIssuer();
        RunningServer first = start("first", url);
        RunningServer second = start("second", url)) {
      assertThat(second.get("/.well-known/jwks").body())
          .isEqualTo(first.get("/.well-known/jwks").body());
      first.create(WebIdentityCase.cloud(), Map.of("Issuer", issuer.url(), "Host", issuer.host()));
      String token = issuer.token(WebIdentityCase.goodClaims(issuer));
      becomesTrue(
          Duration.ofSeconds(1),
          () -> second.exchange(WebIdentityCase.ROLE, "run-1", token).status() == 200);
      Credentials session =
          RunningServer.credentials(second.exchange(WebIdentityCase.ROLE, "run-1", token));
      assertThat(first.callerIdentity(session).status()).isEqualTo(200);
      assertThat(first.s3("PUT", "/releases/app", "kept", session).status()).isEqualTo(200);
      assertThat(second.s3("GET", "/releases/app", "", session).body()).isEqualTo("kept");
      assertThat(second.callerIdentity(RunningServer.ROOT).status()).isEqualTo(200);
      assertThat(second.server().newRootKey()).isEmpty();
    }
  }

  @Test
  void of_two_that_create_one_name_one_wins() throws IOException {
    String url = PostgresqlProcess.shared().newDatabase();
    try (RunningServer first = start("first", url);
        RunningServer second = start("second", url)) {
      assertThat(create(first, "deploy").status()).isEqualTo(200);
      assertThat(create(second, "Deploy").error())
          .isEqualTo("409 EntityAlreadyExists: Role with name Deploy already exists.");
    }
  }

  @Test
  void a_code_that_one_has_taken_no_other_takes() throws IOException {
    String url = PostgresqlProcess.shared().newDatabase();
    try (RunningServer first = start("first", url);
        RunningServer second = start("second", url)) {
      AccountClient admin =
          new AccountClient(first, RunningServer.ACCOUNT.digits(), RunningServer.ROOT);
      admin.succeed("CreateUser&UserName=alice");
      AuthenticatorApp app =
          AuthenticatorApp.of(
              admin
                  .succeed("CreateVirtualMFADevice&VirtualMFADeviceName=phone")
                  .text("Base32StringSeed"));
      String device = "&SerialNumber=arn:aws:iam::" + admin.account() + ":mfa/phone";
      admin.succeed(
          "EnableMFADevice&UserName=alice%s&AuthenticationCode1=%s&AuthenticationCode2=%s"
              .formatted(device, code(app, -1), code(app, 0)));
      Credentials alice =
          RunningServer.credentials(admin.succeed("CreateAccessKey&UserName=alice"));
      becomesTrue(Duration.ofSeconds(20), () -> second.callerIdentity(alice).status() == 200);
      String form = "GetSessionToken" + device + "&TokenCode=" + code(app, 1);
      assertThat(admin.as(alice).sts(form).status()).isEqualTo(200);
      assertThat(new AccountClient(second, admin.account(), alice).sts(form).error())
          .startsWith("403 AccessDenied: MultiFactorAuthentication failed with invalid MFA");
    }
  }

  private String code(AuthenticatorApp app, int step) {
    return app.code(clock.instant().plusSeconds(30L * step));
  }

  @Test
  void an_account_that_one_makes_or_closes_the_other_knows() throws IOException {
    String url = PostgresqlProcess.shared().newDatabase();
    try (RunningServer first = start("first", url);
        RunningServer second = start("second", url)) {
      Credentials root = first.newAccount("210987654321");
      Duration patience = Duration.ofSeconds(20); // for a busy machine; a second is usual
      becomesTrue(patience, () -> second.callerIdentity(root).status() == 200);
      assertThat(second.api("POST", "accounts", "{\"id\":\"210987654321\"}", RunningServer.ROOT))
          .hasToString(
              "409\n{\"code\":\"EntityAlreadyExists\",\"message\":\"Account 210987654321 already"
                  + " exists.\",\"requestId\":\"%s\"}\n".formatted(lastRequest(second)));
      first.api("POST", "accounts/210987654321/close", "", RunningServer.ROOT);
      becomesTrue(patience, () -> second.callerIdentity(root).status() == 403);
      second.api("POST", "accounts/210987654321/reopen", "", RunningServer.ROOT);
      becomesTrue(patience, () -> first.callerIdentity(root).status() == 200);
    }
  }

  private static String lastRequest(RunningServer server) {
    return server.events().getLast().source().requestId();
  }

  @Test
  void of_many_that_make_one_account_at_once_one_wins() throws Exception {
    String url = PostgresqlProcess.shared().newDatabase();
    try (RunningServer first = start("first", url);
        RunningServer second = start("second", url);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        RunningServer server = i % 2 == 0 ? first : second;
        answers.add(
            threads.submit(() ->
                server.api("POST", "accounts", "{\"id\":\"210987654321\"}", RunningServer.ROOT)));
      }
      List<Integer> statuses = new ArrayList<>();
      for (Future<Answer> answer : answers) {
        statuses.add(answer.get().status());
      }
      assertThat(statuses).containsExactlyInAnyOrder(201, 409, 409, 409, 409, 409);
    }
  }

  private static Answer create(RunningServer server, String role) {
    return server.query(
        Map.of(
            "Action",
            "CreateRole",
            "Version",
            "2010-05-08",
            "RoleName",
            role,
            "AssumeRolePolicyDocument",
            """
            {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:AssumeRole",
             "Principal":{"AWS":"123456789012"}}}
            """),
        RunningServer.ROOT,
        "iam");
  }

  private static Answer get(RunningServer server, String role) {
    return server.query(
        Map.of("Action", "GetRole", "Version", "2010-05-08", "RoleName", role),
        RunningServer.ROOT,
        "iam");
  }

  @Test
  void another_master_key_is_refused_and_so_is_none() throws IOException {
    String url = PostgresqlProcess.shared().newDatabase();
    start("first", url).close();
    RunningServer.start(folder.resolve("stranger"), "", clock).close();
    assertThatThrownBy(() -> start("stranger", url))
        .hasMessageContaining("the master key is not the one that this database was made with");
    assertThatThrownBy(() ->
            RunningServer.start(kept(folder.resolve("empty"), url), "https://i.example", clock))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("master.key is missing")
        .hasMessageContaining("copy it from the first");
    assertThat(folder.resolve("empty").resolve("master.key")).doesNotExist();
  }

  @Test
  void a_database_that_is_away_makes_clients_wait_and_is_found_again() throws IOException {
    try (PostgresqlProcess postgresql = PostgresqlProcess.start();
        RunningServer server = start("first", postgresql.emptyDatabase())) {
      assertThat(create(server, "before").status()).isEqualTo(200);
      assertThat(get(server, "before").status()).isEqualTo(200);
      postgresql.stop();
      assertThat(create(server, "during").error()).isEqualTo(UNAVAILABLE);
      becomesTrue(Duration.ofSeconds(15), () -> get(server, "before").error().equals(UNAVAILABLE));
      assertThat(server.s3("GET", "/", "", RunningServer.ROOT).status()).isEqualTo(503);
      assertThat(server.get("/_/health").toString()).contains("503", "\"status\":\"stale\"");
      postgresql.resume();
      becomesTrue(Duration.ofSeconds(15), () -> get(server, "before").status() == 200);
      assertThat(server.get("/_/health").status()).isEqualTo(200);
      assertThat(get(server, "during").status()).isEqualTo(404);
      assertThat(create(server, "after").status()).isEqualTo(200);
    }
  }

  @Test
  void a_database_that_cannot_be_reached_is_said_without_the_password() {
    assertThatThrownBy(() ->
            RunningServer.start(
                kept(folder.resolve("first"), "postgresql://me:s3cr3t@127.0.0.1:1/db"),
                "https://i.example",
                clock))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith(
            "the database postgresql://me@127.0.0.1:1/db cannot be reached: Connection to"
                + " 127.0.0.1:1 refused");
  }

  @Test
  void a_backup_of_a_running_server_starts_another_one() throws IOException {
    Path backup = folder.resolve("backup.db");
    String url = PostgresqlProcess.shared().newDatabase();
    Kept restored = Kept.in(Files.createDirectories(folder.resolve("restored")));
    try (RunningServer first = start("first", url)) {
      assertThat(create(first, "deploy").status()).isEqualTo(200);
      DataCopies.backup(kept(folder.resolve("first"), url), backup);
      assertThatThrownBy(() -> DataCopies.backup(kept(folder.resolve("first"), url), backup))
          .hasMessage("the file " + backup + " is there already: a backup overwrites nothing");
    }
    DataCopies.restore(backup, restored);
    assertThatThrownBy(() -> DataCopies.restore(backup, restored))
        .hasMessageContaining("already: move it away to restore another");
    Files.copy(
        folder.resolve("first").resolve("master.key"), restored.folder().resolve("master.key"));
    try (RunningServer again = RunningServer.start(restored, "https://issuer.example", clock)) {
      assertThat(get(again, "deploy").status()).isEqualTo(200);
      assertThat(create(again, "deploy").status()).isEqualTo(409);
    }
    String moved = PostgresqlProcess.shared().emptyDatabase();
    DataCopies.migrate(restored.folder(), DatabaseUrl.parse(moved));
    assertThat(restored.folder().resolve("tegata.db")).doesNotExist();
    assertThat(restored.folder().resolve("tegata.db.migrated")).exists();
    try (RunningServer again =
        RunningServer.start(kept(restored.folder(), moved), "https://issuer.example", clock)) {
      assertThat(get(again, "deploy").status()).isEqualTo(200);
      assertThat(create(again, "other").status()).isEqualTo(200);
    }
  }
}
