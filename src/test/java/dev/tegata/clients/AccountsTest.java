package dev.tegata.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.clients.Program.Output;
import dev.tegata.server.RunningServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Runs what stands in `docs/accounts.md`, with the real `aws`.
@Tag("clients")
class AccountsTest {
  private static final Path PAGE = Path.of("docs/accounts.md");

  @TempDir private Path data;
  @TempDir private Path folder;
  private RunningServer server;

  @BeforeEach
  void start() throws IOException {
    server = RunningServer.start(data, "", Clock.systemUTC());
    Path tegata = Files.createDirectories(folder.resolve("bin")).resolve("tegata");
    Files.writeString(
        tegata,
        "#!/bin/sh\nexec '%s' -XX:TieredStopAtLevel=1 -cp '%s' dev.tegata.cli.Main \"$@\"\n"
            .formatted(Path.of(System.getProperty("java.home"), "bin", "java"), classPath()));
    Files.setPosixFilePermissions(tegata, PosixFilePermissions.fromString("rwx------"));
  }

  /// Of the programs that run in other folders.
  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(part -> Path.of(part).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static List<String> blocks(String language) throws IOException {
    return Pattern.compile("^```" + language + "\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
        .matcher(Files.readString(PAGE, UTF_8))
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }

  private Program program(String key, String secret) {
    return Program.at(server.url().toString(), folder)
        .with("AWS_ACCESS_KEY_ID", key)
        .with("AWS_SECRET_ACCESS_KEY", secret)
        .with("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
  }

  private Program root() {
    return program(RunningServer.ROOT.accessKeyId(), RunningServer.ROOT.secretAccessKey().reveal());
  }

  private Output shell(String script) {
    return root().run("bash", "-e", "-c", script);
  }

  @Test
  void the_command_says_what_the_page_says() throws IOException {
    String transcript = blocks("console").getFirst();
    String command = transcript.lines().findFirst().orElseThrow().substring("$ ".length());
    String told = shell(command).succeeded();
    assertThat(
            "$ "
                + command
                + "\n"
                + told.replaceAll("AKIA[A-Z2-7]{16}", "AKIA…")
                    .replaceAll("(?m)(SECRET_ACCESS_KEY=).*", "$1…"))
        .isEqualTo(transcript);
    assertThat(shell("tegata account list").succeeded())
        .matches(
            """
            123456789012  ACTIVE  manages the others  since \\S+
            210987654321  ACTIVE  since \\S+  Team B
            """);
    assertThat(shell("tegata account close 210987654321").succeeded())
        .startsWith("210987654321  SUSPENDED  since ");
    assertThat(shell("tegata account reopen 210987654321 --format json").json().path("status"))
        .hasToString("\"ACTIVE\"");
    assertThat(shell("tegata account show 210987654321").succeeded()).contains("Team B");
    Output again = shell(command);
    assertThat(again.status()).isEqualTo(1);
    assertThat(again.err())
        .isEqualTo(
            "tegata: Tegata answers 409 EntityAlreadyExists: Account 210987654321 already"
                + " exists.\n");
  }

  @Test
  void one_account_lets_another_in_with_an_external_id() throws IOException {
    Files.writeString(folder.resolve("trust.json"), blocks("json").get(0));
    Files.writeString(folder.resolve("may-assume.json"), blocks("json").get(1));
    String said = shell(blocks("sh").getFirst()).succeeded();
    assertThat(said)
        .contains("\narn:aws:iam::210987654321:root\n")
        .endsWith("arn:aws:sts::210987654321:assumed-role/releases/release\n");
    JsonNode key =
        JsonMapper.shared()
            .readTree(Files.readString(folder.resolve("deployer.json")))
            .path("AccessKey");
    Program deployer =
        program(key.path("AccessKeyId").asString(), key.path("SecretAccessKey").asString());
    Output without =
        deployer.run(
            "aws",
            "sts",
            "assume-role",
            "--role-arn",
            "arn:aws:iam::210987654321:role/releases",
            "--role-session-name",
            "release");
    assertThat(without.status()).isNotZero();
    assertThat(without.err())
        .contains(
            "(AccessDenied)",
            "User: arn:aws:iam::123456789012:user/deployer is not authorized to perform:"
                + " sts:AssumeRole on resource: arn:aws:iam::210987654321:role/releases");
    assertThat(deployer.run("aws", "s3", "ls", "s3://team-b-releases").err())
        .contains("(AccessDenied)");
    assertThat(root().run("aws", "s3", "ls", "s3://team-b-releases").err())
        .contains("(AccessDenied)");
    assertThat(root().run("aws", "iam", "list-roles").json().path("Roles")).isEmpty();
    Files.createSymbolicLink(folder.resolve("data"), data);
    assertThat(shell(blocks("sh").get(1)).succeeded())
        .contains("\"eventName\":\"CreateRole\"", "\"type\":\"AWSAccount\"")
        .doesNotContain("\"reason\"", "user/deployer\",\"accountId\"");
  }

  @Test
  void a_new_account_has_providers_and_roles_of_its_own() throws IOException {
    JsonNode made = shell("tegata account create --format json --role-name").json();
    assertThat(made.path("role_arn").asString()).endsWith(":role/OrganizationAccountAccessRole");
    JsonNode key = made.path("root_key");
    Program there =
        program(key.path("access_key_id").asString(), key.path("secret_access_key").asString());
    assertThat(there.run("aws", "sts", "get-caller-identity").json().path("Account").asString())
        .isEqualTo(made.path("id").asString());
    assertThat(
            there
                .run(
                    "aws",
                    "iam",
                    "create-open-id-connect-provider",
                    "--url",
                    "https://gitlab.com",
                    "--client-id-list",
                    "sts.amazonaws.com")
                .json()
                .path("OpenIDConnectProviderArn")
                .asString())
        .isEqualTo("arn:aws:iam::" + made.path("id").asString() + ":oidc-provider/gitlab.com");
    assertThat(
            root()
                .run("aws", "iam", "list-open-id-connect-providers")
                .json()
                .path("OpenIDConnectProviderList"))
        .isEmpty();
  }
}
