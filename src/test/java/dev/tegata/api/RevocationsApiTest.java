package dev.tegata.api;

import static dev.tegata.Golden.assertGolden;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.audit.AuditEvent.Changed;
import dev.tegata.audit.AuditEvent.RoleRequested;
import dev.tegata.audit.AuditEvent.SignatureRefused;
import dev.tegata.server.Answer;
import dev.tegata.server.ForeignIssuer;
import dev.tegata.server.RunningServer;
import dev.tegata.sigv4.RequestSigner.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RevocationsApiTest {
  private static final String ROLES = "arn:aws:iam::123456789012:role/";
  private static final String NOT_AUTHORIZED =
      "403 AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity";
  private static final String INVALID =
      "403 InvalidClientTokenId: The security token included in the request is invalid.";

  private final ForeignIssuer issuer = new ForeignIssuer();
  private final AtomicLong ids = new AtomicLong();
  private Optional<ApiFixture> open = Optional.empty();

  @BeforeAll
  void start(@TempDir Path data) throws IOException {
    open = Optional.of(new ApiFixture(data));
    server()
        .create(
            Files.readString(Path.of("src/test/resources/vectors/api/revocations.yaml")),
            Map.of("Issuer", issuer.url(), "Host", issuer.host()));
  }

  @BeforeEach
  void noon() {
    api().clock.set(ApiFixture.NOON);
  }

  @AfterAll
  void stop() {
    open.ifPresent(ApiFixture::close);
    issuer.close();
  }

  private ApiFixture api() {
    return open.orElseThrow();
  }

  private RunningServer server() {
    return api().server();
  }

  private Answer exchange() {
    long now = api().clock.instant().getEpochSecond();
    String token =
        issuer.token(
            """
            {"iss":"%s","aud":"sts.amazonaws.com","sub":"repo:octo-org/app:ref:refs/heads/main",
             "repository":"octo-org/app","run_id":"1001","jti":"%d","iat":%d,"exp":%d}\
            """
                .formatted(issuer.url(), ids.incrementAndGet(), now, now + 300));
    return server().exchange(ROLES + "team/deploy", "run-1", token);
  }

  private Credentials session() {
    return RunningServer.credentials(exchange());
  }

  private Answer assumeNext(Credentials session) {
    return server()
        .query(
            Map.of(
                "Action", "AssumeRole",
                "Version", "2011-06-15",
                "RoleArn", ROLES + "next",
                "RoleSessionName", "next"),
            session,
            "sts");
  }

  private String revoke(String members) {
    Answer answer =
        api().ask("POST", "revocations", "{" + members + ", \"reason\": \"incident 7\"}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return ApiFixture.json(answer).path("id").asString();
  }

  private void end(String id) {
    assertThat(api().ask("DELETE", "revocations/" + id, "").status()).isEqualTo(204);
  }

  private boolean isGood(Credentials session) {
    Answer answer = server().callerIdentity(session);
    assertThat(answer.status() == 200 ? INVALID : answer.error()).isEqualTo(INVALID);
    return answer.status() == 200;
  }

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(
      resources = "/vectors/api/revocations.tsv",
      delimiter = '\t',
      quoteCharacter = '~',
      numLinesToSkip = 1)
  void what_is_revoked_is_refused_from_then_on_until_that_is_taken_back(
      String name, String target, String revoked, String fresh, String chained) {
    Credentials session = session();
    Credentials next = RunningServer.credentials(assumeNext(session));
    String id =
        revoke(
            target
                .replace("KEY", session.accessKeyId())
                .replace("CHAINED", next.accessKeyId())
                .replace("ISSUER", issuer.url()));
    assertThat(isGood(session)).as("session").isEqualTo(revoked.equals("no"));
    assertThat(isGood(next)).as("chained session").isEqualTo(chained.equals("no"));
    Answer exchanged = exchange();
    assertThat(exchanged.status() == 200 ? "no" : "yes").as("new session").isEqualTo(fresh);
    if (exchanged.status() != 200) {
      assertThat(exchanged.error()).isEqualTo(NOT_AUTHORIZED);
    }
    end(id);
    assertThat(isGood(session)).isTrue();
    assertThat(isGood(next)).isTrue();
  }

  @Test
  void a_revoked_session_is_refused_by_every_service_as_if_nobody_had_it() throws IOException {
    Credentials session = session();
    String id = revoke("\"access_key\": \"" + session.accessKeyId() + "\"");
    assertThat(server().callerIdentity(session).error()).isEqualTo(INVALID);
    assertThat(
            server()
                .query(Map.of("Action", "ListRoles", "Version", "2010-05-08"), session, "iam")
                .error())
        .isEqualTo(INVALID);
    Answer s3 = server().s3("GET", "/", "", session);
    assertThat(s3.error())
        .isEqualTo(
            "403 InvalidAccessKeyId: The AWS Access Key Id you provided does not exist in our"
                + " records.");
    Answer own = api().ask("GET", "revocations", "", session);
    assertThat(own.status()).isEqualTo(403);
    assertThat(own.body()).contains("\"code\":\"InvalidClientTokenId\"");
    assertThat(server().events())
        .filteredOn(SignatureRefused.class::isInstance)
        .extracting(it -> ((SignatureRefused) it).outcome().sentence())
        .contains(
            "InvalidClientTokenId: revoked by arn:aws:iam::123456789012:root (revocation %s):"
                    .formatted(id)
                + " incident 7",
            "InvalidAccessKeyId: revoked by arn:aws:iam::123456789012:root (revocation %s):"
                    .formatted(id)
                + " incident 7");
    assertThat(exchange().status()).as("a new session of the same job").isEqualTo(200);
    end(id);
  }

  @Test
  void a_role_that_is_revoked_cannot_be_assumed_in_a_chain() {
    Credentials session = session();
    String id = revoke("\"role\": \"next\"");
    assertThat(assumeNext(session).error())
        .isEqualTo(
            "403 AccessDenied: User: arn:aws:sts::123456789012:assumed-role/deploy/run-1 is not"
                + " authorized to perform: sts:AssumeRole on resource:"
                + " arn:aws:iam::123456789012:role/next");
    end(id);
  }

  @Test
  void the_operator_reads_why_an_exchange_was_refused() {
    String id = revoke("\"repository\": \"octo-org/app\"");
    assertThat(exchange().error()).isEqualTo(NOT_AUTHORIZED);
    assertThat(server().events())
        .filteredOn(RoleRequested.class::isInstance)
        .extracting(it -> ((RoleRequested) it).outcome().sentence())
        .contains(
            "AccessDenied: revoked by arn:aws:iam::123456789012:root (revocation %s): incident 7"
                .formatted(id));
    end(id);
  }

  @Test
  void only_sessions_of_before_are_refused_where_that_is_asked_for() {
    Credentials before = session();
    api().clock.set(ApiFixture.NOON.plusMillis(300));
    String id = revoke("\"role\": \"deploy\", \"only_existing\": true");
    Credentials sameSecond = session();
    api().clock.set(ApiFixture.NOON.plusSeconds(1));
    Credentials after = session();
    assertThat(isGood(before)).isFalse();
    assertThat(isGood(sameSecond)).as("a session begins at a whole second").isFalse();
    assertThat(isGood(after)).isTrue();
    assertThat(assumeNext(after).status()).isEqualTo(200);
    end(id);
  }

  @Test
  void it_ends_at_its_end() {
    Credentials session = session();
    String id = revoke("\"run\": \"1001\", \"duration_seconds\": 60");
    api().clock.set(ApiFixture.NOON.plusMillis(59_999));
    assertThat(isGood(session)).isFalse();
    api().clock.set(ApiFixture.NOON.plusSeconds(60));
    assertThat(isGood(session)).isTrue();
    assertThat(state(id)).isEqualTo("over");
    end(id);
  }

  private String state(String id) {
    return ApiFixture.json(api().ask("GET", "revocations/" + id, "")).path("state").asString();
  }

  @Test
  void if_nothing_is_said_no_session_outlives_it() {
    String role = revoke("\"role\": \"deploy\"");
    String key = revoke("\"access_key\": \"" + keyOfNobody() + "\"");
    assertThat(until(role)).isEqualTo("2026-11-23T00:00:00Z");
    assertThat(until(key)).isEqualTo("2026-11-24T00:00:00Z");
    end(role);
    end(key);
  }

  /// One that no role's session has.
  private String keyOfNobody() {
    return server()
        .query(
            Map.of("Action", "GetSessionToken", "Version", "2011-06-15"), RunningServer.ROOT, "sts")
        .text("AccessKeyId");
  }

  private String until(String id) {
    return ApiFixture.json(api().ask("GET", "revocations/" + id, "")).path("until").asString();
  }

  @Test
  void a_revocation_is_shown_with_all_that_was_said() throws IOException {
    String id = revoke("\"issuer\": \"https://gitlab.com\", \"subject\": \"project_path:acme/*\"");
    JsonNode listed = ApiFixture.json(api().ask("GET", "revocations", "")).path("revocations");
    Answer shown = api().ask("GET", "revocations/" + id, "");
    assertThat(listed).contains(ApiFixture.json(shown));
    assertGolden("api/revocation.json", shown.toString().replace(id, "ID"));
    end(id);
    assertThat(api().ask("GET", "revocations/" + id, "").body())
        .contains("there is no revocation `" + id + "`");
    assertThat(api().ask("DELETE", "revocations/" + id, "").status()).isEqualTo(404);
  }

  @Test
  void who_revoked_what_and_who_took_it_back_is_recorded() {
    String id = revoke("\"run\": \"7\"");
    end(id);
    assertThat(server().events())
        .filteredOn(event -> event instanceof Changed it && id.equals(it.parameters().get("id")))
        .extracting(event -> ((Changed) event).name() + " " + ((Changed) event).caller())
        .containsExactly(
            "CreateRevocation arn:aws:iam::123456789012:root",
            "DeleteRevocation arn:aws:iam::123456789012:root");
  }

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(
      resources = "/vectors/api/bad-revocations.tsv",
      delimiter = '\t',
      quoteCharacter = '~',
      numLinesToSkip = 1)
  void a_revocation_is_read_strictly(String body, int status, String expected) {
    Answer answer = api().ask("POST", "revocations", body);
    assertThat(ApiFixture.json(answer).path("message").asString()).isEqualTo(expected);
    assertThat(answer.status()).isEqualTo(status);
  }

  @Test
  void policies_say_who_may_revoke_sessions_of_which_role() {
    Credentials ci =
        api()
            .session(
                """
                {Effect: Allow, Action: "sts:RevokeSession", Resource: "arn:aws:iam::123456789012:role/team/*"}
                """
                    .strip());
    Answer own = api().ask("POST", "revocations", "{\"role\":\"deploy\",\"reason\":\"x\"}", ci);
    assertThat(own.status()).as(own.body()).isEqualTo(201);
    String id = ApiFixture.json(own).path("id").asString();
    for (String body :
        new String[] {
          "{\"role\":\"next\",\"reason\":\"x\"}",
          "{\"role\":\"nobody\",\"reason\":\"x\"}",
          "{\"repository\":\"octo-org/app\",\"reason\":\"x\"}"
        }) {
      assertThat(api().ask("POST", "revocations", body, ci).body())
          .as(body)
          .contains("\"code\":\"AccessDenied\"");
    }
    assertThat(api().ask("GET", "revocations", "", ci).status()).isEqualTo(403);
    assertThat(api().ask("DELETE", "revocations/" + id, "", ci).status()).isEqualTo(403);
    end(id);
  }

  @Test
  void a_deny_of_older_sessions_works_as_in_aws() {
    Credentials before = session();
    api().clock.set(ApiFixture.NOON.plusSeconds(10));
    Answer put =
        server()
            .query(
                Map.of(
                    "Action", "PutRolePolicy",
                    "Version", "2010-05-08",
                    "RoleName", "deploy",
                    "PolicyName", "AWSRevokeOlderSessions",
                    "PolicyDocument",
                        """
                        {"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":["*"],
                         "Resource":["*"],"Condition":{"DateLessThan":
                         {"aws:TokenIssueTime":"2026-11-22T12:00:10.000Z"}}}]}
                        """),
                RunningServer.ROOT,
                "iam");
    assertThat(put.status()).as(put.body()).isEqualTo(200);
    Credentials after = session();
    assertThat(server().s3("GET", "/", "", before).error())
        .startsWith("403 AccessDenied: ")
        .contains("with an explicit deny in an identity-based policy");
    assertThat(assumeNext(before).status()).isEqualTo(403);
    assertThat(server().s3("GET", "/", "", after).status()).isEqualTo(200);
    assertThat(assumeNext(after).status()).isEqualTo(200);
    server()
        .query(
            Map.of(
                "Action", "DeleteRolePolicy",
                "Version", "2010-05-08",
                "RoleName", "deploy",
                "PolicyName", "AWSRevokeOlderSessions"),
            RunningServer.ROOT,
            "iam");
  }
}
