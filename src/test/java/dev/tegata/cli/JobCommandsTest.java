package dev.tegata.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.cli.Tegata.Output;
import dev.tegata.github.SampleJob;
import dev.tegata.github.SubjectTemplate.RepositoryForm;
import dev.tegata.issuer.JobDescription;
import dev.tegata.issuer.JobTokens.Registration;
import dev.tegata.server.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `tegata token` and `tegata assume` in a job, each a process of its own, against a server.
@Tag("clients")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobCommandsTest {
  private static final String ROLE = "arn:aws:iam::123456789012:role/github-read-only";

  @TempDir private Path folder;
  private RunningServer server;
  private Registration job;

  @BeforeAll
  void start(@TempDir Path data) throws IOException {
    Clock clock = Clock.systemUTC();
    server = RunningServer.start(data, "https://token.actions.githubusercontent.com", clock);
    server.create(
        Files.readString(Path.of("examples/github-oidc/cloud.yaml")),
        Map.of("Repository", "octo-org/octo-repo"));
    job =
        server
            .server()
            .jobs()
            .register(
                new JobDescription(
                    RunningServer.ACCOUNT, "build", SampleJob.onMain(), RepositoryForm.NAMES),
                clock.instant());
  }

  @AfterAll
  void stop() {
    job.close();
    server.close();
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("ACTIONS_ID_TOKEN_REQUEST_URL", job.requestUrl(server.url()).toString());
    environment.put("ACTIONS_ID_TOKEN_REQUEST_TOKEN", job.requestToken());
    environment.put("AWS_ENDPOINT_URL", server.url().toString());
    return environment;
  }

  private Output tegata(Map<String, String> environment, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.tegata.cli.Main"));
    command.addAll(Arrays.asList(arguments));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(it -> it.startsWith("AWS_") || it.startsWith("ACTIONS"));
    builder.environment().putAll(environment);
    int status = builder.start().waitFor();
    return new Output(status, Files.readString(out, UTF_8), Files.readString(err, UTF_8));
  }

  @Test
  void a_job_gets_its_token_and_can_see_what_it_says() throws Exception {
    Output token = tegata(environment(), "token");
    assertThat(token.status()).as(token.err()).isZero();
    assertThat(token.out().strip()).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+");
    Output claims = tegata(environment(), "token", "--claims", "--audience", "https://a.example");
    JsonNode json = JsonMapper.shared().readTree(claims.out());
    assertThat(json.path("sub").asString())
        .isEqualTo("repo:octo-org/octo-repo:ref:refs/heads/main");
    assertThat(json.path("aud").asString()).isEqualTo("https://a.example");
  }

  @Test
  void a_job_assumes_a_role_in_each_format() throws Exception {
    Output lines = tegata(environment(), "assume", "--role", ROLE);
    assertThat(lines.status()).as(lines.err()).isZero();
    assertThat(lines.out())
        .matches(
            """
            export AWS_ACCESS_KEY_ID='ASIA\\w+'
            export AWS_SECRET_ACCESS_KEY='\\S+'
            export AWS_SESSION_TOKEN='\\S+'
            """);
    Output json = tegata(environment(), "assume", "--role", ROLE, "--format", "json");
    assertThat(
            JsonMapper.shared().readTree(json.out()).path("AssumedRoleUser").path("Arn").asString())
        .isEqualTo("arn:aws:sts::123456789012:assumed-role/github-read-only/tegata");
    Output process =
        tegata(environment(), "assume", "--role", ROLE, "--format", "credential-process");
    assertThat(JsonMapper.shared().readTree(process.out()).path("Version").asInt()).isEqualTo(1);
  }

  @Test
  void a_refusal_is_told_in_the_words_of_sts_and_is_exit_status_1() throws Exception {
    Output refused = tegata(environment(), "assume", "--role", ROLE + "-not");
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err())
        .isEqualTo(
            "tegata: STS answers 403 AccessDenied: Not authorized to perform"
                + " sts:AssumeRoleWithWebIdentity\n");
  }

  @Test
  void a_bearer_token_that_is_none_of_a_job_gets_nothing() throws Exception {
    Map<String, String> environment = environment();
    environment.put("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "guessed");
    Output refused = tegata(environment, "token");
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err()).startsWith("tegata: the issuer answers 401");
  }

  @Test
  void outside_of_a_job_it_is_said_what_a_job_needs() throws Exception {
    Output outside = tegata(Map.of(), "token");
    assertThat(outside.status()).isEqualTo(2);
    assertThat(outside.err()).contains("ACTIONS_ID_TOKEN_REQUEST_URL", "id-token: write");
  }
}
