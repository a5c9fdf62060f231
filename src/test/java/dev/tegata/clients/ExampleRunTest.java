package dev.tegata.clients;

import static dev.tegata.Golden.assertGolden;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `tegata run` as people call it: a process of its own, with the real clients in its jobs.
@Tag("clients")
class ExampleRunTest {
  private static final Path EXAMPLE =
      Path.of("examples/github-oidc/.github/workflows/keyless.yml").toAbsolutePath();

  @TempDir private Path folder;

  private Program.Output tegata(String... arguments) throws IOException {
    Path temporary = Files.createDirectories(folder.resolve("tmp"));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.tegata.cli.Main"));
    command.addAll(Arrays.asList(arguments));
    return new Program(folder, Map.of("LC_ALL", "C.UTF-8")).run(command);
  }

  @Test
  void the_example_runs_as_it_is_documented() throws IOException {
    Program.Output output =
        tegata(
            "run",
            EXAMPLE.toString(),
            "--repository",
            "octo-org/github-oidc",
            "--ref",
            "refs/heads/main",
            "--sha",
            "b2".repeat(20),
            "--actor",
            "octocat");
    assertThat(output.status()).as(output.out() + output.err()).isZero();
    assertGolden("clients/example-run.txt", normalised(output.out()));
  }

  @Test
  void the_example_leaves_no_file_behind() throws IOException {
    tegata("run", EXAMPLE.toString(), "--ref", "refs/heads/main").succeeded();
    try (Stream<Path> left = Files.list(folder.resolve("tmp"))) {
      assertThat(left).noneMatch(path -> path.getFileName().toString().startsWith("tegata"));
    }
  }

  @Test
  void the_role_lets_nobody_in_from_another_branch() throws IOException {
    Program.Output output = tegata("run", EXAMPLE.toString(), "--ref", "refs/heads/other");
    assertThat(output.status()).isEqualTo(1);
    assertThat(output.out())
        .contains(
            "An error occurred (AccessDenied) when calling the AssumeRoleWithWebIdentity operation:"
                + " Not authorized to perform sts:AssumeRoleWithWebIdentity",
            "repo:octo-org/github-oidc:ref:refs/heads/other");
  }

  /// `log` without what is another one each time.
  private static String normalised(String log) {
    return log.replaceAll("127\\.0\\.0\\.1:[0-9]+", "127.0.0.1:PORT")
        .replaceAll("A(SIA|ROA)[A-Z2-7]{16,17}", "A$1…")
        .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "UUID")
        .replaceAll("[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:]{8}(\\.[0-9]+)?(Z|\\+00:00)?", "TIME")
        .replaceAll("botocore-session-[0-9]+", "botocore-session-SECONDS")
        .replaceAll("\"(exp|iat|nbf)\": [0-9]+", "\"$1\": SECONDS")
        .replaceAll("\"count\": [0-9]+", "\"count\": LENGTH")
        .replaceAll("[0-9]+(\\.[0-9]+)? ?(ms|s|m)\\b", "DURATION");
  }
}
