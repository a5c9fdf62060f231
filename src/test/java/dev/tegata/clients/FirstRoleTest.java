package dev.tegata.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.server.Answer;
import dev.tegata.server.RunningServer;
import dev.tegata.sigv4.RequestSigner.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs what stands in `docs/first-role.md`.
@Tag("clients")
class FirstRoleTest {
  private static final Path PAGE = Path.of("docs/first-role.md");
  private static final Credentials ROOT = RunningServer.ROOT;

  @TempDir private Path data;
  @TempDir private Path folder;
  private RunningServer server;

  @BeforeEach
  void start() {
    server = RunningServer.start(data, "", Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /// The blocks of the page in `language`, in their order.
  private static List<String> blocks(String language) throws IOException {
    return Pattern.compile("^```" + language + "\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
        .matcher(Files.readString(PAGE, UTF_8))
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }

  private Program program() {
    return Program.at(server.url().toString(), folder)
        .with("AWS_ACCESS_KEY_ID", ROOT.accessKeyId())
        .with("AWS_SECRET_ACCESS_KEY", ROOT.secretAccessKey().reveal());
  }

  private void assertTheRoleIsThere() {
    Answer answer =
        server.query(
            Map.of(
                "Action",
                "SimulatePrincipalPolicy",
                "Version",
                "2010-05-08",
                "PolicySourceArn",
                "arn:aws:iam::123456789012:role/deploy",
                "ActionNames.member.1",
                "s3:PutObject",
                "ResourceArns.member.1",
                "arn:aws:s3:::octo-releases/1.0"),
            ROOT,
            "iam");
    assertThat(answer.text("EvalDecision")).as(answer.body()).isEqualTo("allowed");
    Answer trusting =
        server.query(
            Map.of("Action", "GetRole", "Version", "2010-05-08", "RoleName", "deploy"),
            ROOT,
            "iam");
    assertThat(trusting.text("AssumeRolePolicyDocument"))
        .contains("repo%3Aocto-org%2Fapp%3Aref%3Arefs%2Fheads%2Fmain");
    assertThat(server.s3("GET", "/octo-releases", "", ROOT).status()).isEqualTo(200);
  }

  @Test
  void the_commands_of_aws_iam_make_the_role() throws IOException {
    Files.writeString(folder.resolve("trust.json"), blocks("json").get(0));
    Files.writeString(folder.resolve("permissions.json"), blocks("json").get(1));
    assertThat(program().run("bash", "-e", "-c", blocks("sh").getFirst()).succeeded())
        .endsWith("allowed\n");
    assertTheRoleIsThere();
  }

  @Test
  void terraform_makes_the_role() throws IOException {
    Files.writeString(folder.resolve("main.tf"), blocks("hcl").getFirst());
    Program terraform = TerraformProviders.reachable(program());
    terraform.run("terraform", "init", "-input=false").succeeded();
    terraform.run("terraform", "apply", "-auto-approve", "-input=false").succeeded();
    assertTheRoleIsThere();
  }

  @Test
  void the_template_makes_the_role() throws IOException {
    server.create(blocks("yaml").getFirst(), Map.of());
    assertTheRoleIsThere();
  }
}
