package dev.tegata.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.server.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs the commands of `docs/other-ci.md`, one after the other.
@Tag("clients")
class OtherCiTest {
  private static final Pattern COMMANDS =
      Pattern.compile("^```sh\n((?s).*?)^```$", Pattern.MULTILINE);

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
