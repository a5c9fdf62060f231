package dev.tegata.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.credentials.AuthenticatorApp;
import dev.tegata.server.ForeignIssuer;
import dev.tegata.server.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
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

/// The operations of STS that take a signature, asked for by the real client.
@Tag("clients")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AwsCliStsTest {
  private static final String ROLE = "arn:aws:iam::123456789012:role/";

  private final ForeignIssuer issuer = new ForeignIssuer();
  private RunningServer server;
  private Path folder;
  private Program root;

  @BeforeAll
  void start(@TempDir Path data, @TempDir Path work) throws IOException {
    server = RunningServer.start(data, "", Clock.systemUTC());
    server.create(
        Files.readString(Path.of("src/test/resources/vectors/server/sts.yaml")),
        Map.of("Issuer", issuer.url(), "Host", issuer.host()));
    folder = work;
    root = with(RunningServer.ROOT.accessKeyId(), RunningServer.ROOT.secretAccessKey().reveal());
  }

  @AfterAll
  void stop() {
    server.close();
    issuer.close();
  }

  private Program with(String accessKeyId, String secret) {
    return Program.at(server.url().toString(), folder)
        .with("AWS_ACCESS_KEY_ID", accessKeyId)
        .with("AWS_SECRET_ACCESS_KEY", secret);
  }

  /// A client with the credentials in an answer.
  private Program with(JsonNode answer) {
    JsonNode credentials = answer.path("Credentials");
    return with(
            credentials.path("AccessKeyId").asString(),
            credentials.path("SecretAccessKey").asString())
        .with("AWS_SESSION_TOKEN", credentials.path("SessionToken").asString());
  }

  private static Program.Output aws(Program program, String... arguments) {
    List<String> command = new ArrayList<>(List.of("aws"));
    command.addAll(Arrays.asList(arguments));
    return program.run(command);
  }

  private static String arn(Program program) {
    return aws(program, "sts", "get-caller-identity").json().path("Arn").asString();
  }

  private Program webIdentity(String role) {
    long now = Instant.now().getEpochSecond();
    String token =
        issuer.token(
            """
            {"iss":"%s","sub":"somebody","aud":"sts.amazonaws.com","iat":%d,"exp":%d}\
            """
                .formatted(issuer.url(), now, now + 300));
    return with(
        aws(
                Program.at(server.url().toString(), folder),
                "sts",
                "assume-role-with-web-identity",
                "--role-arn",
                ROLE + role,
                "--role-session-name",
                "run-1",
                "--web-identity-token",
                token)
            .json());
  }

  private static Program.Output assume(Program program, String role, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("sts", "assume-role", "--role-arn", ROLE + role, "--role-session-name", "cli"));
    arguments.addAll(Arrays.asList(more));
    return aws(program, arguments.toArray(String[]::new));
  }

  @Test
  void a_chain_of_roles_passes_a_tag_on() {
    Program first = webIdentity("ci/start");
    Program second =
        with(
            assume(
                    first,
                    "target",
                    "--tags",
                    "Key=Team,Value=eng",
                    "--transitive-tag-keys",
                    "Team",
                    "--source-identity",
                    "octocat")
                .json());
    assertThat(arn(second)).isEqualTo("arn:aws:sts::123456789012:assumed-role/target/cli");
    assertThat(assume(second, "target").json().path("SourceIdentity").asString())
        .isEqualTo("octocat");
    assertThat(assume(second, "target", "--tags", "Key=team,Value=other").err())
        .contains("(InvalidParameterValue)", "conflicts with a transitive tag key");
  }

  @Test
  void a_role_that_does_not_trust_is_refused_in_the_words_of_aws() {
    assertThat(assume(webIdentity("poor"), "target").err())
        .contains(
            "An error occurred (AccessDenied) when calling the AssumeRole operation: User:"
                + " arn:aws:sts::123456789012:assumed-role/poor/run-1 is not authorized to perform:"
                + " sts:AssumeRole on resource: arn:aws:iam::123456789012:role/target");
    assertThat(assume(root, "target").err()).contains("Roles may not be assumed by root accounts.");
  }

  @Test
  void the_root_gets_temporary_credentials() {
    Program temporary = with(aws(root, "sts", "get-session-token").json());
    assertThat(arn(temporary)).isEqualTo("arn:aws:iam::123456789012:root");
    assertThat(aws(temporary, "sts", "get-session-token").err())
        .contains("(AccessDenied)", "Cannot call GetSessionToken with session credentials");
    assertThat(aws(temporary, "iam", "list-roles").err()).contains("(InvalidClientTokenId)");
  }

  @Test
  void a_federated_user_does_what_its_policy_allows() {
    JsonNode answer =
        aws(
                root,
                "sts",
                "get-federation-token",
                "--name",
                "mona",
                "--policy-arns",
                "arn=arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess")
            .json();
    assertThat(answer.path("FederatedUser").path("FederatedUserId").asString())
        .isEqualTo("123456789012:mona");
    Program mona = with(answer);
    assertThat(arn(mona)).isEqualTo("arn:aws:sts::123456789012:federated-user/mona");
    assertThat(aws(mona, "s3", "ls").succeeded()).contains(" releases\n");
    assertThat(aws(mona, "s3", "mb", "s3://mona-own").err()).contains("AccessDenied");
  }

  @Test
  void whose_a_key_is_can_be_asked() {
    assertThat(
            aws(root, "sts", "get-access-key-info", "--access-key-id", "ASIARZPUZDIKNEXAMPLE")
                .json()
                .path("Account")
                .asString())
        .isEqualTo("123456789012");
  }

  @Test
  void a_message_that_is_none_is_refused() {
    assertThat(aws(root, "sts", "decode-authorization-message", "--encoded-message", "abc").err())
        .contains("(InvalidAuthorizationMessageException)", "Message is not valid");
  }

  @Test
  void a_refusal_can_be_decoded() {
    Program poor = webIdentity("poor");
    Program.Output refused = aws(poor, "--debug", "s3api", "list-buckets");
    String message =
        refused.err().replaceAll("(?s).*'x-tegata-authorization-message': '([^']+)'.*", "$1");
    JsonNode decoded =
        JsonMapper.shared()
            .readTree(
                aws(root, "sts", "decode-authorization-message", "--encoded-message", message)
                    .json()
                    .path("DecodedMessage")
                    .asString());
    assertThat(decoded.path("context").path("action").asString()).isEqualTo("s3:ListAllMyBuckets");
  }

  @Test
  void a_token_for_another_cloud_is_asked_for() {
    String enabled =
        aws(root, "iam", "enable-outbound-web-identity-federation")
            .json()
            .path("IssuerIdentifier")
            .asString();
    assertThat(
            aws(root, "iam", "get-outbound-web-identity-federation-info")
                .json()
                .path("IssuerIdentifier")
                .asString())
        .isEqualTo(enabled);
    JsonNode answer =
        aws(
                webIdentity("ci/start"),
                "sts",
                "get-web-identity-token",
                "--audience",
                "api.example.com",
                "--signing-algorithm",
                "ES384")
            .json();
    assertThat(answer.path("WebIdentityToken").asString().split("\\.", -1)).hasSize(3);
    aws(root, "iam", "disable-outbound-web-identity-federation").succeeded();
  }

  /// What `docs/user-credentials.md` says.
  @Test
  void a_user_enables_a_device_and_shows_its_code() throws IOException {
    aws(root, "iam", "create-user", "--user-name", "alice").succeeded();
    JsonNode key = aws(root, "iam", "create-access-key", "--user-name", "alice").json();
    Program alice =
        with(
            key.path("AccessKey").path("AccessKeyId").asString(),
            key.path("AccessKey").path("SecretAccessKey").asString());
    aws(
            root,
            "iam",
            "create-virtual-mfa-device",
            "--virtual-mfa-device-name",
            "phone",
            "--bootstrap-method",
            "Base32StringSeed",
            "--outfile",
            "seed.txt")
        .succeeded();
    byte[] seed = Files.readAllBytes(folder.resolve("seed.txt"));
    AuthenticatorApp app = AuthenticatorApp.of(Base64.getEncoder().encodeToString(seed));
    String serialNumber = "arn:aws:iam::123456789012:mfa/phone";
    Instant now = Instant.now();
    aws(
            root,
            "iam",
            "enable-mfa-device",
            "--user-name",
            "alice",
            "--serial-number",
            serialNumber,
            "--authentication-code1",
            app.code(now.minusSeconds(60)),
            "--authentication-code2",
            app.code(now.minusSeconds(30)))
        .succeeded();
    JsonNode session =
        aws(
                alice,
                "sts",
                "get-session-token",
                "--serial-number",
                serialNumber,
                "--token-code",
                app.code(Instant.now()))
            .json();
    assertThat(arn(with(session))).isEqualTo("arn:aws:iam::123456789012:user/alice");
  }
}
