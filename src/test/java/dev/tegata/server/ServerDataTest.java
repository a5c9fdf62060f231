package dev.tegata.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tegata.arn.AccountId;
import dev.tegata.database.StoreException;
import dev.tegata.github.SampleJob;
import dev.tegata.github.SubjectTemplate.RepositoryForm;
import dev.tegata.issuer.IssuerSettings;
import dev.tegata.issuer.JobDescription;
import dev.tegata.issuer.JobTokens.Registration;
import dev.tegata.server.ServerSettings.Watching;
import dev.tegata.sigv4.RequestSigner.Credentials;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a data folder keeps, and what it does not let through.
class ServerDataTest {
  @TempDir private Path data;

  private final SettableClock clock = new SettableClock(WebIdentityCase.NOON);

  private RunningServer start() {
    return RunningServer.start(data, "", clock);
  }

  @Test
  void a_restart_loses_nothing() {
    try (ForeignIssuer issuer = new ForeignIssuer()) {
      Credentials session;
      String keys;
      try (RunningServer first = start()) {
        session = populated(first, issuer);
        keys = first.get("/.well-known/jwks").body();
      }
      try (RunningServer second = start()) {
        assertThat(second.callerIdentity(session).text("Arn"))
            .isEqualTo("arn:aws:sts::123456789012:assumed-role/deploy/run-1");
        assertThat(second.s3("GET", "/releases/app", "", session).body()).isEqualTo("kept");
        assertThat(second.callerIdentity(RunningServer.ROOT).status()).isEqualTo(200);
        assertThat(second.get("/.well-known/jwks").body()).isEqualTo(keys);
        String token = issuer.token(WebIdentityCase.goodClaims(issuer));
        assertThat(second.exchange(WebIdentityCase.ROLE, "run-2", token).status()).isEqualTo(200);
        assertThat(second.server().newRootKey()).isEmpty();
      }
    }
  }

  /// Credentials of a session that has put an object.
  private static Credentials populated(RunningServer server, ForeignIssuer issuer) {
    server.create(WebIdentityCase.cloud(), Map.of("Issuer", issuer.url(), "Host", issuer.host()));
    Credentials session =
        RunningServer.credentials(
            server.exchange(
                WebIdentityCase.ROLE, "run-1", issuer.token(WebIdentityCase.goodClaims(issuer))));
    assertThat(server.s3("PUT", "/releases/app", "kept", session).status()).isEqualTo(200);
    return session;
  }

  @Test
  void the_first_start_makes_a_root_key_and_shows_it_once() {
    ServerSettings settings =
        new ServerSettings(
            data,
            new ListenAddress("127.0.0.1", 0),
            IssuerSettings.STANDARD,
            Optional.empty(),
            Optional.empty(),
            new Watching(clock, _ -> {}));
    try (TegataServer first = TegataServer.start(settings)) {
      assertThat(first.newRootKey()).isPresent();
    }
    try (TegataServer second = TegataServer.start(settings)) {
      assertThat(second.newRootKey()).isEmpty();
    }
  }

  @Test
  void a_second_server_is_kept_out() {
    try (RunningServer _ = start()) {
      assertThatThrownBy(this::start)
          .isInstanceOf(StoreException.class)
          .hasMessage("another Tegata is running on the data folder " + data);
    }
  }

  @Test
  void a_second_process_is_kept_out() throws IOException, InterruptedException {
    try (RunningServer _ = start()) {
      Process second =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  "dev.tegata.cli.Main",
                  "serve",
                  "--data",
                  data.toString(),
                  "--listen",
                  "127.0.0.1:0")
              .redirectErrorStream(true)
              .start();
      try (InputStream out = second.getInputStream()) {
        assertThat(new String(out.readAllBytes(), UTF_8))
            .contains("tegata: another Tegata is running on the data folder " + data);
      }
      assertThat(second.waitFor()).isEqualTo(2);
    }
  }

  @Test
  void a_damaged_database_is_said_and_left_as_it_is() throws IOException {
    start().close();
    Path database = data.resolve("tegata.db");
    Files.write(database, "this is no database, whatever it is".repeat(200).getBytes(UTF_8));
    byte[] damaged = Files.readAllBytes(database);
    assertThatThrownBy(this::start)
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("the database " + database + " is damaged or not a database");
    assertThat(Files.readAllBytes(database)).isEqualTo(damaged);
  }

  @Test
  void a_missing_master_key_is_not_made_anew() throws IOException {
    start().close();
    Files.delete(data.resolve("master.key"));
    assertThatThrownBy(this::start)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("master.key is missing");
    assertThat(data.resolve("master.key")).doesNotExist();
  }

  @Test
  void a_master_key_that_others_may_read_is_refused() throws IOException {
    start().close();
    Path key = data.resolve("master.key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(this::start)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("may be read by others");
  }

  @Test
  void another_account_than_the_one_that_is_there_is_refused() {
    start().close();
    ServerSettings settings =
        new ServerSettings(
            data,
            new ListenAddress("127.0.0.1", 0),
            IssuerSettings.STANDARD,
            Optional.of(new AccountId("999999999999")),
            Optional.empty(),
            new Watching(clock, _ -> {}));
    assertThatThrownBy(() -> TegataServer.start(settings))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "account 999999999999 is not here; 123456789012 was made first, and `tegata account"
                + " create` makes others");
  }

  @Test
  void a_port_in_use_starts_nothing_and_lets_the_folder_go(@TempDir Path other) {
    try (RunningServer first = start()) {
      ServerSettings settings =
          new ServerSettings(
              other,
              ListenAddress.parse(first.url().getAuthority()),
              IssuerSettings.STANDARD,
              Optional.empty(),
              Optional.empty(),
              new Watching(clock, _ -> {}));
      assertThatThrownBy(() -> TegataServer.start(settings))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "cannot listen at " + first.url().getAuthority() + ": Address already in use");
    }
    RunningServer.start(other, "", clock).close();
  }

  @Test
  void the_audit_log_has_a_line_for_each_decision_and_no_secret() throws IOException {
    try (ForeignIssuer issuer = new ForeignIssuer()) {
      String token = issuer.token(WebIdentityCase.goodClaims(issuer));
      Credentials session;
      String bearer;
      try (RunningServer server = start()) {
        session = populated(server, issuer);
        server.exchange(WebIdentityCase.ROLE, "run-1", token);
        server.exchange("arn:aws:iam::123456789012:role/nobody", "run-1", token);
        server.exchange(WebIdentityCase.ROLE, "run-1", token + "x");
        server.s3("GET", "/releases/app", "", session);
        server.s3("GET", "/", "", session);
        bearer = askForToken(server);
      }
      String log = Files.readString(data.resolve("audit.jsonl"));
      assertThat(log.lines().map(ServerDataTest::summary))
          .containsExactly(
              "AssumeRoleWithWebIdentity allowed",
              "PutObject allowed",
              "AssumeRoleWithWebIdentity allowed",
              "AssumeRoleWithWebIdentity refused",
              "AssumeRoleWithWebIdentity refused",
              "GetObject allowed",
              "ListAllMyBuckets refused",
              "IssueToken ");
      assertThat(log)
          .doesNotContain(
              token,
              token.substring(token.lastIndexOf('.') + 1),
              session.secretAccessKey().reveal(),
              Optional.ofNullable(session.sessionToken()).orElseThrow(),
              RunningServer.ROOT.secretAccessKey().reveal(),
              bearer);
    }
  }

  private static String askForToken(RunningServer server) {
    Registration job =
        server
            .server()
            .jobs()
            .register(
                new JobDescription(
                    RunningServer.ACCOUNT, "build", SampleJob.onMain(), RepositoryForm.NAMES),
                WebIdentityCase.NOON);
    URI url = job.requestUrl(server.url());
    server.get(
        url.getRawPath() + "?" + url.getRawQuery(),
        "Authorization",
        "bearer " + job.requestToken());
    return job.requestToken();
  }

  private static String summary(String line) {
    JsonNode event = JsonMapper.shared().readTree(line);
    return event.path("eventName").asString() + " " + event.path("decision").asString("");
  }

  @Test
  void what_cannot_be_recorded_is_not_done() throws IOException {
    Files.createSymbolicLink(data.resolve("audit.jsonl"), Path.of("/dev/full"));
    try (ForeignIssuer issuer = new ForeignIssuer();
        RunningServer server = start()) {
      server.create(WebIdentityCase.cloud(), Map.of("Issuer", issuer.url(), "Host", issuer.host()));
      Answer exchange =
          server.exchange(
              WebIdentityCase.ROLE, "run-1", issuer.token(WebIdentityCase.goodClaims(issuer)));
      assertThat(exchange.error())
          .isEqualTo(
              "503 ServiceUnavailable: The request has failed due to a temporary failure of the"
                  + " server.");
      assertThat(exchange.body()).doesNotContain("SessionToken");
      Map<String, String> deletion =
          Map.of("Action", "DeleteRole", "Version", "2010-05-08", "RoleName", "tagged");
      assertThat(server.query(deletion, RunningServer.ROOT, "iam").status()).isEqualTo(503);
    }
  }
}
