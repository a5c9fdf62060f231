package dev.tegata.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds the transcripts in `README.md` to what the program prints, with the real clients.
///
/// A transcript stands between two comments. It begins with its command; a line `…` stands for
/// lines that are left out.
@Tag("clients")
class ReadmeTest {
  private static final Pattern TRANSCRIPT =
      Pattern.compile(
          "<!-- transcript -->\n```text\n\\$ \\./tegata (.*)\n((?s).*?)```\n<!-- end -->");

  record Transcript(String command, String text) {
    /// What stands between the lines that are left out.
    List<String> parts() {
      return Pattern.compile("^…\n", Pattern.MULTILINE)
          .splitAsStream(text)
          .filter(part -> !part.isEmpty())
          .toList();
    }

    /// The command's name in the report.
    @Override
    public String toString() {
      return command;
    }
  }

  static List<Transcript> transcripts() throws IOException {
    return TRANSCRIPT
        .matcher(Files.readString(Path.of("README.md")))
        .results()
        .map(match -> new Transcript(match.group(1), match.group(2)))
        .toList();
  }

  @ParameterizedTest(name = "tegata {0}")
  @MethodSource("transcripts")
  void the_readme_shows_what_the_program_prints(Transcript transcript) throws Exception {
    String printed = SteadyText.of(run(transcript.command()));
    for (String part : transcript.parts()) {
      assertThat(printed.lines()).containsSequence(SteadyText.of(part).lines().toList());
    }
  }

  /// What the command prints, as on the branch `main`, whatever branch this checkout is on.
  private static String run(String arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.tegata.cli.Main"));
    command.addAll(Arrays.asList(arguments.split(" ")));
    if (!arguments.contains("--ref")) {
      command.addAll(List.of("--ref", "refs/heads/main"));
    }
    Process process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return printed;
  }
}
