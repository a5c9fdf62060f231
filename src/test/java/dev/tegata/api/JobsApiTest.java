package dev.tegata.api;

import static dev.tegata.Golden.assertGolden;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.api.ApiFixture.Registered;
import dev.tegata.audit.AuditEvent.JobChange;
import dev.tegata.audit.AuditEvent.JobChanged;
import dev.tegata.audit.AuditEvent.SignatureRefused;
import dev.tegata.audit.AuditEvent.TokenIssued;
import dev.tegata.audit.AuditEvent.TokenRefused;
import dev.tegata.server.Answer;
import dev.tegata.server.RunningServer;
import dev.tegata.sigv4.RequestSigner.Credentials;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobsApiTest {
  private static final String MAIN = ApiFixture.CLAIMS;

  private Optional<ApiFixture> open = Optional.empty();

  @BeforeAll
  void start(@TempDir Path data) {
    open = Optional.of(new ApiFixture(data));
  }

  @AfterAll
  void stop() {
    open.ifPresent(ApiFixture::close);
  }

  private ApiFixture api() {
    return open.orElseThrow();
  }

  @Test
  void a_registered_job_gets_tokens_that_say_what_was_registered() throws IOException {
    Registered job =
        api().register("\"name\": \"deploy\", \"repository_created\": \"2020-01-01\"", MAIN);
    String claims = api().claims(job).toPrettyString();
    assertGolden("api/claims.json", claims.replaceAll("(jti\" : \")[0-9a-f-]+", "$1UUID") + "\n");
  }

  @Test
  void the_answer_has_the_two_variables() throws IOException {
    Answer answer = api().ask("POST", "jobs", ApiFixture.registration("", MAIN));
    assertGolden(
        "api/registered.json",
        answer
            .toString()
            .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "UUID")
            .replaceAll("127.0.0.1:[0-9]+", "127.0.0.1:PORT")
            .replaceAll("(_TOKEN\":\")[A-Za-z0-9_-]{43}", "$1BEARER"));
  }

  @Test
  void subjects_have_ids_unless_the_repository_is_known_to_be_older() {
    assertThat(api().subject(api().register("", MAIN)))
        .isEqualTo("repo:octo-org@123456/app@456789:ref:refs/heads/main");
    assertThat(api().subject(api().register("\"repository_created\": \"2026-07-15\"", MAIN)))
        .isEqualTo("repo:octo-org@123456/app@456789:ref:refs/heads/main");
    assertThat(api().subject(api().register("\"repository_created\": \"2026-07-14\"", MAIN)))
        .isEqualTo("repo:octo-org/app:ref:refs/heads/main");
  }

  @Test
  void a_job_that_was_ended_gets_nothing_more() {
    Registered job = api().register("", MAIN);
    assertThat(api().tokenFor(job).status()).isEqualTo(200);
    assertThat(api().ask("DELETE", "jobs/" + job.id(), "").status()).isEqualTo(204);
    assertThat(api().tokenFor(job).toString())
        .isEqualTo(
            """
            400
            {"source":"actions-run-service","statusCode":400,"errorMessage":"Can't issue ID_TOKEN for job in 'Completed' state"}\
            """);
    assertThat(ApiFixture.json(api().ask("GET", "jobs/" + job.id(), "")).path("state").asString())
        .isEqualTo("ended");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pull_request, true, octocat",
        "pull_request, false, dependabot[bot]",
        "pull_request_review, true, octocat"
      })
  void what_comes_from_a_fork_gets_no_variables(String run) throws IOException {
    String[] parts = run.split(", ", -1);
    String claims =
        MAIN.replace("\"octocat\"", "\"" + parts[2] + "\"")
            .replace("{\"repo", "{\"event_name\": \"" + parts[0] + "\", \"repo");
    Answer answer =
        api().ask("POST", "jobs", ApiFixture.registration("\"fork\": " + parts[1], claims));
    assertGolden("api/fork.json", answer.toString());
    assertThat(api().server().events()).anyMatch(TokenRefused.class::isInstance);
  }

  @Test
  void pull_request_target_gets_them_also_from_a_fork() {
    String claims = MAIN.replace("{\"repo", "{\"event_name\": \"pull_request_target\", \"repo");
    Registered job =
        api().register("\"fork\": true, \"repository_created\": \"2020-01-01\"", claims);
    assertThat(api().subject(job)).isEqualTo("repo:octo-org/app:ref:refs/heads/main");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvFileSource(
      resources = "/vectors/api/bad-registrations.tsv",
      delimiter = '\t',
      quoteCharacter = '~',
      numLinesToSkip = 1)
  void a_registration_is_read_strictly(String body, String expected) {
    Answer answer = api().ask("POST", "jobs", body.replace("CLAIMS", MAIN));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(ApiFixture.json(answer).path("code").asString()).isEqualTo("ValidationError");
    assertThat(ApiFixture.json(answer).path("message").asString()).isEqualTo(expected);
  }

  @Test
  void policies_say_who_may_register_jobs_of_which_repository_and_ref() throws IOException {
    Credentials ci =
        api()
            .session(
                """
                {Effect: Allow, Action: "tegata:*Job", Resource: "arn:aws:tegata:us-east-1:123456789012:job/octo-org/app", Condition: {StringEquals: {"tegata:claim/ref": refs/heads/main}}}
                """
                    .strip());
    Answer registered = api().ask("POST", "jobs", ApiFixture.registration("", MAIN), ci);
    assertThat(registered.status()).isEqualTo(201);
    Answer other =
        api()
            .ask(
                "POST",
                "jobs",
                ApiFixture.registration(
                    "", MAIN.replace("refs/heads/main\",", "refs/heads/dev\",")),
                ci);
    assertThat(other.status()).isEqualTo(403);
    Answer foreign =
        api()
            .ask(
                "POST",
                "jobs",
                ApiFixture.registration("", MAIN.replace("octo-org/app\"", "octo-org/other\"")),
                ci);
    assertGolden(
        "api/denied.json",
        foreign.toString().replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "UUID"));
    String id = ApiFixture.json(registered).path("id").asString();
    assertThat(api().ask("DELETE", "jobs/" + id, "", ci).status()).isEqualTo(403);
    assertThat(api().ask("GET", "jobs", "", ci).status()).isEqualTo(403);
    assertThat(api().ask("POST", "keys/rotate", "", ci).status()).isEqualTo(403);
    assertThat(api().ask("POST", "tokens", "", ci).status()).isEqualTo(403);
  }

  @Test
  void nobody_gets_in_without_a_signature_for_this_service() {
    RunningServer server = api().server();
    assertThat(server.send(server.request("POST", "/_/api/jobs", "{}")).body())
        .contains("\"code\":\"MissingAuthenticationToken\"");
    assertThat(
            server
                .send(
                    server.sign(
                        server.request("POST", "/_/api/jobs", "{}"),
                        "{}",
                        RunningServer.ROOT,
                        "sts"))
                .body())
        .contains("Credential should be scoped to correct service: 'tegata'");
    assertThat(
            server
                .send(
                    server.sign(
                        server.request("POST", "/_/api/jobs", "{ }"),
                        "{}",
                        RunningServer.ROOT,
                        "tegata"))
                .body())
        .contains("\"code\":\"SignatureDoesNotMatch\"");
    assertThat(server.events())
        .filteredOn(SignatureRefused.class::isInstance)
        .extracting(event -> ((SignatureRefused) event).outcome().code())
        .containsExactly(
            "MissingAuthenticationToken", "SignatureDoesNotMatch", "SignatureDoesNotMatch");
  }

  @Test
  void what_is_not_there_is_not_found() {
    for (String call : new String[] {"GET nothing", "PUT jobs", "POST jobs/x", "DELETE jobs"}) {
      String[] parts = call.split(" ", -1);
      Answer answer = api().ask(parts[0], parts[1], "");
      assertThat(answer.status()).as(call).isEqualTo(404);
      assertThat(answer.body())
          .contains("there is no " + parts[0] + " /_/api/" + parts[1] + " here");
    }
    assertThat(api().ask("GET", "jobs/nobody", "").body()).contains("there is no job `nobody`");
    assertThat(api().ask("DELETE", "jobs/nobody", "").status()).isEqualTo(404);
  }

  @Test
  void what_became_of_a_job_is_recorded() {
    Registered job = api().register("\"name\": \"deploy\"", MAIN);
    api().tokenFor(job);
    api().ask("DELETE", "jobs/" + job.id(), "");
    assertThat(api().server().events())
        .filteredOn(event -> event instanceof JobChanged it && it.job().id().equals(job.id()))
        .extracting(event -> ((JobChanged) event).change())
        .containsExactly(JobChange.REGISTERED, JobChange.ENDED);
    assertThat(api().server().events())
        .filteredOn(event -> event instanceof TokenIssued it && it.job().id().equals(job.id()))
        .hasSize(1);
  }
}
