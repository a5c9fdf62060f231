package dev.tegata.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.github.SampleJob;
import dev.tegata.github.SubjectTemplate.RepositoryForm;
import dev.tegata.issuer.JobDescription;
import dev.tegata.issuer.JobTokens.Registration;
import dev.tegata.server.RunningServer;
import dev.tegata.sigv4.RequestSigner.Credentials;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Tag("clients")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CurlTest {
  private Cloud cloud;
  private Program program;
  private Path folder;

  @BeforeAll
  void start(@TempDir Path data, @TempDir Path work) {
    cloud = new Cloud(data);
    folder = work;
    program = Program.at(cloud.url(), work);
  }

  @AfterAll
  void stop() {
    cloud.close();
  }

  private Program.Output signed(String service, Credentials credentials, String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "curl",
                "--silent",
                "--path-as-is",
                "--aws-sigv4",
                "aws:amz:us-east-1:" + service,
                "--user",
                credentials.accessKeyId() + ":" + credentials.secretAccessKey().reveal()));
    Optional.ofNullable(credentials.sessionToken())
        .ifPresent(token -> command.addAll(List.of("--header", "x-amz-security-token: " + token)));
    command.addAll(List.of(more));
    return program.run(command);
  }

  @Test
  void a_request_that_curl_signs_is_understood_by_sts() {
    assertThat(
            signed(
                    "sts",
                    cloud.session(Cloud.READ_ONLY),
                    "--data",
                    "Action=GetCallerIdentity&Version=2011-06-15",
                    cloud.url() + "/")
                .succeeded())
        .contains("<Arn>arn:aws:sts::123456789012:assumed-role/read-only/session</Arn>");
  }

  /// Without `Expect: 100-continue`, curl sends while it listens; with it, it waits for a second.
  @ParameterizedTest
  @ValueSource(strings = {"Expect:", "Expect: 100-continue"})
  void a_refusal_of_an_upload_is_learned_however_long_it_is(String expect) throws IOException {
    Path large = folder.resolve("large");
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength(50_000_000);
    }
    for (String connection : List.of("keep-alive", "close")) {
      Program.Output refused =
          s3(
              cloud.session(Cloud.READ_ONLY),
              "--header",
              expect,
              "--header",
              "Connection: " + connection,
              "--upload-file",
              large.toString(),
              "--write-out",
              "%{http_code}",
              cloud.url() + "/releases/large");
      assertThat(refused.succeeded()).contains("<Code>AccessDenied</Code>").endsWith("403");
    }
  }

  /// S3 must be told what the body is, which older versions of curl leave to their user.
  private Program.Output s3(Credentials credentials, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("--header", "x-amz-content-sha256: UNSIGNED-PAYLOAD"));
    arguments.addAll(List.of(more));
    return signed("s3", credentials, arguments.toArray(String[]::new));
  }

  @Test
  void a_request_that_curl_signs_is_understood_by_s3() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "from curl");
    String url = cloud.url() + "/releases/from/curl";
    s3(RunningServer.ROOT, "--fail", "--upload-file", file.toString(), url).succeeded();
    Credentials session = cloud.session(Cloud.READ_ONLY);
    assertThat(s3(session, "--fail", url).succeeded()).isEqualTo("from curl");
    assertThat(s3(session, "--request", "DELETE", url).succeeded())
        .contains("<Code>AccessDenied</Code>");
  }

  @Test
  void an_unsigned_exchange_is_a_form() {
    assertThat(
            program
                .run(
                    "curl",
                    "--silent",
                    "--data",
                    "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleSessionName=curl",
                    "--data-urlencode",
                    "RoleArn=" + Cloud.DEPLOY,
                    "--data-urlencode",
                    "WebIdentityToken=" + cloud.token(),
                    cloud.url())
                .succeeded())
        .contains("<Arn>arn:aws:sts::123456789012:assumed-role/deploy/curl</Arn>");
  }

  @Test
  void the_example_of_the_page_on_issuers_gives_a_server_the_keys_of_an_issuer()
      throws IOException {
    String page = Files.readString(Path.of("docs/trusted-issuers.md"));
    Matcher script =
        Pattern.compile("# key-retrieval\\.sh\n(.*?)```", Pattern.DOTALL).matcher(page);
    assertThat(script.find()).isTrue();
    Files.writeString(folder.resolve("jwks.json"), cloud.issuer().jwkSet());
    Program.Output given =
        cloud
            .program(folder, RunningServer.ROOT)
            .with("PROVIDER", "arn:aws:iam::123456789012:oidc-provider/" + cloud.issuer().host())
            .run("sh", "-c", script.group(1));
    assertThat(given.json().path("jwkSet").path("keys")).hasSize(2);
    int before = cloud.issuer().fetches();
    cloud.session(Cloud.READ_ONLY);
    assertThat(cloud.issuer().fetches()).isEqualTo(before);
  }

  @Test
  void a_job_asks_for_a_token_as_at_github() {
    try (Registration job = register()) {
      JsonNode answer = token(job, "&audience=sts.amazonaws.com").json();
      String[] parts = answer.path("value").asString().split("\\.", -1);
      assertThat(parts).hasSize(3);
      assertThat(answer.path("count").asInt()).isEqualTo(answer.path("value").asString().length());
      assertThat(
              new String(
                  java.util.Base64.getUrlDecoder().decode(parts[1]),
                  java.nio.charset.StandardCharsets.UTF_8))
          .contains("\"aud\":\"sts.amazonaws.com\"", "\"repository\":\"octo-org/octo-repo\"");
    }
  }

  @Test
  void a_job_that_is_over_gets_no_token() {
    Registration job = register();
    job.close();
    assertThat(token(job, "").succeeded()).contains("\"statusCode\":400");
  }

  private Registration register() {
    return cloud
        .running()
        .server()
        .jobs()
        .register(
            new JobDescription(
                RunningServer.ACCOUNT, "build", SampleJob.onMain(), RepositoryForm.NAMES),
            Instant.now());
  }

  private Program.Output token(Registration job, String query) {
    return program.run(
        "curl",
        "--silent",
        "--header",
        "Authorization: bearer " + job.requestToken(),
        job.requestUrl(cloud.running().url()) + query);
  }
}
