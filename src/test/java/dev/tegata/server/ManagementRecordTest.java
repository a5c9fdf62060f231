package dev.tegata.server;

import static dev.tegata.Golden.assertGolden;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.sigv4.RequestSigner.Credentials;
import dev.tegata.sigv4.SecretAccessKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// What stands in the audit log: one line a request to STS or IAM, in CloudTrail's form.
class ManagementRecordTest {
  private static final String START = "arn:aws:iam::123456789012:role/ci/start";

  private final ForeignIssuer issuer = new ForeignIssuer();
  private RunningServer server;
  private Path log = Path.of("");

  @BeforeEach
  void start(@TempDir Path data) throws IOException {
    log = data.resolve("audit.jsonl");
    server = RunningServer.start(data, "", new SettableClock(WebIdentityCase.NOON));
    server.create(
        Files.readString(Path.of("src/test/resources/vectors/server/sts.yaml")),
        Map.of("Issuer", issuer.url(), "Host", issuer.host()));
  }

  @AfterEach
  void stop() {
    server.close();
    issuer.close();
  }

  private Answer exchange(String changes) {
    return server.exchange(
        START,
        "run-1",
        issuer.token(WebIdentityCase.changed(WebIdentityCase.goodClaims(issuer), changes)));
  }

  private Answer assume(String role) {
    Credentials session = RunningServer.credentials(exchange("{}"));
    return server.query(
        Map.of(
            "Action", "AssumeRole",
            "Version", "2011-06-15",
            "RoleArn", "arn:aws:iam::123456789012:role/" + role,
            "RoleSessionName", "next"),
        session,
        "sts");
  }

  /// The last line, laid out, without what is another one each time.
  private String last() throws IOException {
    List<String> lines = Files.readAllLines(log);
    return JsonMapper.shared()
            .readTree(lines.getLast())
            .toPrettyString()
            .replace(issuer.host(), "127.0.0.1:PORT")
            .replaceAll("ASIA[A-Z2-7]{16}", "ASIA…")
            .replaceAll("AROA[A-Z2-7]{17}", "AROA…")
            .replaceAll("Java-http-client/[^\"]+", "Java-http-client/…")
            .replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "…")
        + "\n";
  }

  @Test
  void an_exchange_is_recorded_with_the_web_identity() throws IOException {
    exchange(
        "{\"https://aws.amazon.com/source_identity\":\"octocat\","
            + "\"https://aws.amazon.com/tags\":{\"principal_tags\":{\"Team\":[\"eng\"]},"
            + "\"transitive_tag_keys\":[\"Team\"]}}");
    assertGolden("server/record-of-an-exchange.json", last());
  }

  @Test
  void a_refused_exchange_is_recorded_with_its_reason() throws IOException {
    exchange("{\"aud\":\"sigstore\"}");
    assertGolden("server/record-of-a-refused-exchange.json", last());
  }

  @Test
  void an_assumed_role_is_recorded_with_its_caller() throws IOException {
    assume("target");
    assertGolden("server/record-of-an-assumed-role.json", last());
  }

  @Test
  void a_refused_role_is_recorded_with_its_reason() throws IOException {
    assume("forbidden");
    assertGolden("server/record-of-a-refused-role.json", last());
  }

  @Test
  void a_wrong_signature_is_recorded() throws IOException {
    server.callerIdentity(
        new Credentials(
            RunningServer.ROOT.accessKeyId(),
            new SecretAccessKey("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEZ"),
            null));
    assertGolden("server/record-of-a-wrong-signature.json", last());
  }

  @Test
  void a_request_that_is_not_valid_is_recorded() throws IOException {
    server.exchange("role", "a", "xxxx");
    assertGolden("server/record-of-an-invalid-request.json", last());
  }

  @Test
  void a_change_by_iam_is_recorded_with_what_was_asked() throws IOException {
    server.query(
        Map.of(
            "Action", "UpdateRoleDescription",
            "Version", "2010-05-08",
            "RoleName", "target",
            "Description", "another"),
        RunningServer.ROOT,
        "iam");
    assertGolden("server/record-of-a-change.json", last());
  }

  @Test
  void a_wrong_signature_at_s3_is_recorded() throws IOException {
    server.s3(
        "GET",
        "/releases",
        "",
        new Credentials("AKIAI44QH8DHBEXAMPLE", new SecretAccessKey("secret"), null));
    server.close(); // records of S3 are not waited for
    assertGolden("server/record-of-a-stranger-at-s3.json", last());
  }

  @Test
  void no_line_has_a_secret() throws IOException {
    Answer answer = assume("target");
    assertThat(Files.readString(log))
        .doesNotContain(answer.text("SecretAccessKey"), answer.text("SessionToken"));
  }
}
