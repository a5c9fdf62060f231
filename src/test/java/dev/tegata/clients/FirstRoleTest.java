package dev.tegata.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs what stands in `docs/first-role.md`, every command of it, with `tegata` as a process.
@Tag("clients")
class FirstRoleTest {
  private static final Path PAGE = Path.of("docs/first-role.md");
  private static final Pattern EXPORT =
      Pattern.compile("^ *export (AWS_ENDPOINT_URL|AWS_(?:SECRET_)?ACCESS_KEY(?:_ID)?)=(\\S+)");
  private static final String SIMULATION =
      """
      aws iam simulate-principal-policy \\
        --policy-source-arn arn:aws:iam::123456789012:role/deploy --action-names s3:PutObject \\
        --resource-arns arn:aws:s3:::octo-releases/1.0 \\
        --query 'EvaluationResults[].EvalDecision' --output text
      aws iam get-role --role-name deploy --query Role.AssumeRolePolicyDocument
      aws s3 ls s3://octo-releases
      """;

  @TempDir private Path folder;
  private Optional<Process> server = Optional.empty();
  private Program program = Program.at("", Path.of(""));

  /// Puts a `tegata` on the path that runs what was compiled, its server on a free port.
  @BeforeEach
  void putTegataOnThePath() throws IOException {
    Path tegata = Files.createDirectory(folder.resolve("bin")).resolve("tegata");
    Files.writeString(
        tegata,
        """
        #!/bin/sh
        [ "$1" = serve ] && set -- "$@" --listen 127.0.0.1:0
        exec '%s' -XX:TieredStopAtLevel=1 --sun-misc-unsafe-memory-access=allow \\
          --enable-native-access=ALL-UNNAMED -cp '%s' dev.tegata.cli.Main "$@"
        """
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                Stream.of(System.getProperty("java.class.path").split(":"))
                    .map(entry -> Path.of(entry).toAbsolutePath().toString())
                    .collect(Collectors.joining(":"))));
    assertThat(tegata.toFile().setExecutable(true)).isTrue();
    program =
        Program.at("", folder).with("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
    Files.writeString(folder.resolve("trust.json"), blocks("json").get(0));
    Files.writeString(folder.resolve("permissions.json"), blocks("json").get(1));
    Files.writeString(folder.resolve("main.tf"), blocks("hcl").getFirst());
    Files.writeString(folder.resolve("cloud.yaml"), blocks("yaml").get(0));
    Files.writeString(folder.resolve("deploy.yml"), blocks("yaml").get(1));
  }

  @AfterEach
  void stop() {
    server.ifPresent(process -> process.destroy());
    server.ifPresent(process -> process.onExit().join());
  }

  /// The blocks of the page in `language`, in their order.
  private static List<String> blocks(String language) throws IOException {
    return Pattern.compile("^```" + language + "\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
        .matcher(Files.readString(PAGE, UTF_8))
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }

  /// The one block of commands that starts with `first`.
  private static String commands(String first) throws IOException {
    return blocks("sh").stream().filter(block -> block.startsWith(first)).findFirst().orElseThrow();
  }

  /// Runs a command that goes on, and takes over what it says to paste.
  private void serve(String command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", "exec " + command)
            .directory(folder.toFile())
            .redirectError(folder.resolve("log").toFile());
    builder.environment().putAll(program.environment());
    Process process = builder.start();
    server = Optional.of(process);
    BufferedReader out = process.inputReader(UTF_8);
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      Matcher export = EXPORT.matcher(line);
      if (export.find()) {
        program = program.with(export.group(1), export.group(2));
      }
      if (line.contains("export AWS_REGION=")) { // the last to paste
        return;
      }
    }
    throw new AssertionError(Files.readString(folder.resolve("log")));
  }

  private void assertTheRoleIsThere() {
    assertThat(program.run("bash", "-e", "-c", SIMULATION).succeeded())
        .startsWith("allowed\n")
        .contains("repo:octo-org/app:ref:refs/heads/main");
  }

  @Test
  void every_command_of_the_page_is_one_that_is_run_here() throws IOException {
    assertThat(blocks("sh"))
        .extracting(block -> block.lines().findFirst().orElseThrow())
        .containsExactly(
            "tegata serve --data ./data --account-id 123456789012",
            "aws s3api create-bucket --bucket octo-releases",
            "terraform init",
            "tegata serve --data ./data --cloud cloud.yaml --account-id 123456789012",
            "tegata run deploy.yml --cloud cloud.yaml --repository octo-org/app --ref"
                + " refs/heads/main",
            "tegata explain --cloud cloud.yaml --repository octo-org/app --ref refs/heads/main \\");
  }

  @Test
  void the_commands_of_aws_iam_make_the_role() throws IOException {
    serve(commands("tegata serve"));
    assertThat(program.run("bash", "-e", "-c", commands("aws ")).succeeded()).endsWith("allowed\n");
    assertTheRoleIsThere();
  }

  @Test
  void terraform_makes_the_role() throws IOException {
    serve(commands("tegata serve"));
    TerraformProviders.reachable(program)
        .run("bash", "-e", "-c", commands("terraform init"))
        .succeeded();
    assertTheRoleIsThere();
  }

  @Test
  void the_template_makes_the_role() throws IOException {
    serve(commands("tegata serve --data ./data --cloud"));
    assertTheRoleIsThere();
  }

  @Test
  void a_run_takes_up_the_role_and_writes() throws IOException {
    String command = commands("tegata run").strip();
    assertThat(program.run("bash", "-c", command).succeeded())
        .contains(
            "✓ sts:AssumeRoleWithWebIdentity  arn:aws:iam::123456789012:role/deploy",
            "✓ s3:PutObject  arn:aws:s3:::octo-releases/1.0");
    Program.Output refused =
        program.run("bash", "-c", command.replace("refs/heads/main", "refs/heads/dev"));
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.out()).contains("the policy expects the branch `main`");
  }

  @Test
  void the_question_is_answered_with_yes() throws IOException {
    assertThat(program.run("bash", "-c", commands("tegata explain")).succeeded())
        .contains("✓ sts:AssumeRoleWithWebIdentity", "✓ s3:PutObject");
  }
}
