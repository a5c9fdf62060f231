package dev.tegata.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What becomes of a run when its whole process is told to end.
class RunnerExitTest {

  /// Runs one slow step, in a process of its own.
  static final class SlowRun {
    private SlowRun() {}

    public static void main(String[] arguments) {
      RunFixture run = new RunFixture();
      run.tee = System.out::println;
      run.steps("- run: pwd; sleep 55.5\n- run: echo clean up\n  if: always()\n");
    }
  }

  @Test
  void a_process_that_is_told_to_end_leaves_nothing_behind() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SlowRun.class.getName())
            .redirectErrorStream(true)
            .start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader = process.inputReader(UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line.strip());
        if (line.contains("octo-repo/octo-repo")) {
          process.toHandle().destroy();
        }
      }
    }
    assertThat(process.onExit().join().exitValue()).isEqualTo(143);
    Path workspace =
        Path.of(
            lines.stream()
                .filter(line -> line.endsWith("octo-repo/octo-repo"))
                .findFirst()
                .orElseThrow());
    assertThat(workspace.resolve("../../..").normalize()).doesNotExist();
    assertThat(lines).contains("clean up", "error: the run was cancelled");
    assertThat(ProcessHandle.allProcesses().flatMap(each -> each.info().commandLine().stream()))
        .noneMatch(line -> line.endsWith("sleep 55.5"));
  }
}
