package dev.tegata.cli;

import static dev.tegata.Golden.assertGolden;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tegata.cli.Tegata.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MainTest {
  private static final String WORKFLOW =
      """
      on: push
      jobs:
        build:
          runs-on: ubuntu-latest
          steps:
            - run: echo built
      """;

  @TempDir private Path folder;

  private static Output tegata(Object... arguments) {
    return Tegata.run(arguments);
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "serve",
        "explain",
        "token",
        "assume",
        "job",
        "job create",
        "job end",
        "backup",
        "restore",
        "migrate",
        "revoke",
        "account",
        "account create",
        "account list",
        "account show",
        "account close",
        "account reopen",
        "rotate-keys"
      })
  void each_command_explains_itself(String command) throws IOException {
    Output output = tegata((Object[]) (command + " --help").split(" ", -1));
    assertThat(output.status()).isZero();
    assertGolden("cli/" + command.replace(' ', '-') + "-help.txt", output.out());
  }

  @Test
  void the_program_lists_its_commands() throws IOException {
    assertGolden("cli/help.txt", tegata("--help").out());
  }

  @Test
  void the_version_is_told() {
    assertThat(tegata("--version").out()).startsWith("tegata ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--nonsense", "run", "serve", "nonsense", "assume --format xml"})
  void wrong_usage_is_exit_status_2(String arguments) {
    Output output = tegata((Object[]) arguments.split(" ", -1));
    assertThat(output.status()).isEqualTo(2);
    assertThat(output.err()).isNotEmpty();
  }

  @Test
  void a_workflow_that_is_not_there_is_said() {
    Path file = folder.resolve("nothing.yml");
    assertThat(tegata("run", file))
        .isEqualTo(new Output(2, "", "tegata: there is no file " + file + "\n"));
  }

  @Test
  void a_workflow_that_cannot_be_read_is_said_with_its_place() throws IOException {
    Path file = file("bad.yml", WORKFLOW.replace("runs-on", "run-on"));
    Output output = tegata("run", file);
    assertThat(output.status()).isEqualTo(2);
    assertThat(output.out()).isEmpty();
    assertThat(output.err()).contains(file + ":4:5: ").contains("run-on");
  }

  @Test
  void a_template_that_cannot_be_read_is_said_with_its_place() throws IOException {
    Path cloud = file("cloud.yaml", "Resources:\n  Bucket:\n    Type: AWS::S3::Bucke\n");
    Output output = tegata("run", file("w.yml", WORKFLOW), "--cloud", cloud);
    assertThat(output.status()).isEqualTo(2);
    assertThat(output.out()).isEmpty();
    assertThat(output.err()).contains(cloud + ":3:").contains("AWS::S3::Bucke");
  }

  @Test
  void a_policy_that_cannot_be_read_is_said_with_its_place() throws IOException {
    Path cloud =
        file(
            "cloud.yaml",
            """
            Resources:
              Role:
                Type: AWS::IAM::Role
                Properties:
                  AssumeRolePolicyDocument: {Version: "2012-10-17", Statement: []}
            """);
    Output output = tegata("run", file("w.yml", WORKFLOW), "--cloud", cloud);
    assertThat(output.status()).isEqualTo(2);
    assertThat(output.err())
        .contains(cloud + ":5:57: resource Role (AWS::IAM::Role): ", "`AssumeRolePolicyDocument`");
  }

  @Test
  void a_run_whose_jobs_succeed_is_exit_status_0() throws IOException {
    Output output = tegata("run", file("w.yml", WORKFLOW));
    assertThat(output.status()).as(output.toString()).isZero();
    assertThat(output.out()).contains("built", "Accesses");
  }

  @Test
  void a_step_that_fails_is_exit_status_1_and_the_summary_is_told_all_the_same()
      throws IOException {
    Output output =
        tegata("run", file("w.yml", WORKFLOW.replace("echo built", "echo broken; exit 3")));
    assertThat(output.status()).isEqualTo(1);
    assertThat(output.out()).contains("broken", "Process completed with exit code 3.", "Accesses");
  }

  @Test
  void json_is_the_whole_of_standard_output() throws IOException {
    Output output = tegata("run", file("w.yml", WORKFLOW), "--format", "json");
    JsonNode summary = JsonMapper.shared().readTree(output.out());
    assertThat(summary.path("succeeded").asBoolean()).isTrue();
    assertThat(summary.path("jobs").path(0).path("id").asString()).isEqualTo("build");
    assertThat(output.err()).contains("built");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "http://example.com",
        "https://a.example/?b",
        "https://a.example/",
        ""
      })
  void an_issuer_is_a_url_that_can_be_trusted(String issuer) {
    assertThat(tegata("serve", "--data", folder.resolve("d"), "--issuer", issuer))
        .isEqualTo(
            new Output(
                2,
                "",
                "tegata: an issuer is an https URL without query and without a slash at its end,"
                    + " such as https://issuer.example.com (or an http one on this machine), not"
                    + " `%s`\n".formatted(issuer)));
  }

  @ParameterizedTest
  @CsvSource({
    "short,secret,'TEGATA_ROOT_ACCESS_KEY_ID is 16 to 128 letters, digits and underscores, not `short`'",
    "AKIAIOSFODNN7EXAMPLE,'',TEGATA_ROOT_SECRET_ACCESS_KEY is empty",
    "AKIAIOSFODNN7EXAMPLE,,'set both, TEGATA_ROOT_ACCESS_KEY_ID and TEGATA_ROOT_SECRET_ACCESS_KEY,"
        + " or neither'"
  })
  void a_root_key_that_cannot_be_one_is_said(String id, String secret, String sentence) {
    Map<String, String> environment = new HashMap<>(Map.of("TEGATA_ROOT_ACCESS_KEY_ID", id));
    if (secret != null) {
      environment.put("TEGATA_ROOT_SECRET_ACCESS_KEY", secret);
    }
    assertThatThrownBy(() -> ServeCommand.rootKey(environment)).hasMessage(sentence);
  }

  @Test
  void serve_says_plainly_what_it_cannot_use() throws IOException {
    assertThat(tegata("serve", "--data", folder.resolve("d"), "--listen", "nowhere"))
        .isEqualTo(
            new Output(
                2,
                "",
                "tegata: a listen address is HOST:PORT, such as 127.0.0.1:8787, not `nowhere`\n"));
    assertThat(tegata("serve", "--data", folder.resolve("d"), "--listen", "9000").err())
        .isEqualTo("tegata: a listen address is HOST:PORT, such as 127.0.0.1:9000, not `9000`\n");
    Path file = file("not-a-folder", "");
    assertThat(tegata("serve", "--data", file, "--listen", "127.0.0.1:0").status()).isEqualTo(2);
  }
}
