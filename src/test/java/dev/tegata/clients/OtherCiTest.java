package dev.tegata.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.server.RunningServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// Runs the commands of `docs/other-ci.md`, one after the other.
@Tag("clients")
class OtherCiTest {
  private static final String REGISTRATION =
      """
      {"name": "deploy", "claims": {
       "repository": "octo-org/app", "repository_id": 456789, "repository_owner_id": 123456,
       "ref": "refs/heads/main", "sha": "b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2",
       "actor": "octocat", "actor_id": 583231, "run_id": 1001,
       "workflow_ref": "octo-org/app/Jenkinsfile@refs/heads/main"}}
      """;
  private static final Pattern COMMANDS =
      Pattern.compile("^```sh\n((?s).*?)^```$", Pattern.MULTILINE);

  @Test
  void the_program_registers_and_ends_jobs_too(@TempDir Path data, @TempDir Path work)
      throws IOException {
    try (RunningServer server = RunningServer.start(data, "", Clock.systemUTC())) {
      Path registration = Files.writeString(work.resolve("job.json"), REGISTRATION);
      Program program =
          Program.at(server.url().toString(), work)
              .with("AWS_ACCESS_KEY_ID", RunningServer.ROOT.accessKeyId())
              .with("AWS_SECRET_ACCESS_KEY", RunningServer.ROOT.secretAccessKey().reveal());
      String variables = tegata(program, "job", "create", "--file", registration.toString());
      assertThat(variables)
          .containsPattern(
              "^export TEGATA_JOB_ID='[0-9a-f-]{36}'\nexport ACTIONS_ID_TOKEN_REQUEST_URL='http://.*api-version=2.0'\nexport"
                  + " ACTIONS_ID_TOKEN_REQUEST_TOKEN='[A-Za-z0-9_-]{43}'\n$");
      String json =
          tegata(program, "job", "create", "--file", registration.toString(), "--format", "json");
      String id = JsonMapper.shared().readTree(json).path("id").asString();
      assertThat(tegata(program, "job", "end", id)).isEmpty();
      Program.Output again = run(program, "job", "end", "nobody");
      assertThat(again.status()).isEqualTo(1);
      assertThat(again.err())
          .contains("tegata: the server answers 404 NoSuchEntity: there is no job `nobody`");
      Files.writeString(
          registration,
          REGISTRATION
              .replace("\"name\"", "\"fork\": true, \"name\"")
              .replace("\"ref\"", "\"event_name\": \"pull_request\", \"ref\""));
      Program.Output fork = run(program, "job", "create", "--file", registration.toString());
      assertThat(fork.succeeded()).isEmpty();
      assertThat(fork.err()).contains("the job gets no ID tokens");
    }
  }

  /// The class path of this test, for a process in another folder.
  private static String classPath() {
    return Pattern.compile(File.pathSeparator)
        .splitAsStream(System.getProperty("java.class.path"))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String tegata(Program program, String... arguments) {
    return run(program, arguments).succeeded();
  }

  private static Program.Output run(Program program, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath(),
                "dev.tegata.cli.Main"));
    command.addAll(Arrays.asList(arguments));
    return program.run(command);
  }

  @Test
  void the_commands_of_the_document_do_what_it_says(@TempDir Path data, @TempDir Path work)
      throws IOException {
    String document = Files.readString(Path.of("docs/other-ci.md"));
    try (RunningServer server = RunningServer.start(data, "", Clock.systemUTC())) {
      String script =
          COMMANDS
              .matcher(document)
              .results()
              .map(block -> block.group(1))
              .collect(Collectors.joining("\n", "set -eux\n", ""))
              .replace("127.0.0.1:8787", server.url().getAuthority());
      Files.writeString(work.resolve("commands.sh"), script);
      Program.Output output =
          Program.at(server.url().toString(), work)
              .with("AWS_ACCESS_KEY_ID", RunningServer.ROOT.accessKeyId())
              .with("AWS_SECRET_ACCESS_KEY", RunningServer.ROOT.secretAccessKey().reveal())
              .run("sh", "commands.sh");
      assertThat(output.succeeded())
          .contains(
              "make_bucket: octo-org-releases", "arn:aws:sts::123456789012:assumed-role/deploy/");
      String variables = Files.readString(work.resolve("job.env"));
      Program.Output after =
          Program.at(server.url().toString(), work)
              .run(
                  "sh",
                  "-c",
                  ". ./job.env; curl --silent --header \"Authorization: Bearer"
                      + " $ACTIONS_ID_TOKEN_REQUEST_TOKEN\" \"$ACTIONS_ID_TOKEN_REQUEST_URL\"");
      assertThat(variables).contains("export ACTIONS_ID_TOKEN_REQUEST_URL=" + server.url());
      assertThat(after.succeeded()).contains("Can't issue ID_TOKEN for job in 'Completed' state");
    }
  }
}
