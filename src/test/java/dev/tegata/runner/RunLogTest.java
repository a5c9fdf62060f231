package dev.tegata.runner;

import static dev.tegata.Golden.assertGolden;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whole workflows, really run, and the log that each writes.
class RunLogTest {
  private static final Path FOLDER = Path.of("src/test/resources/vectors/runner");

  static List<String> workflows() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest(name = "{0} writes the log that it should")
  @MethodSource("workflows")
  void a_workflow_writes_the_log_that_it_should(String workflow) throws IOException {
    RunFixture run = new RunFixture();
    run.secrets.put("PASSWORD", "correct horse");
    RunResult result = run.run(Files.readString(FOLDER.resolve(workflow)));
    String verdict = result.succeeded() ? "succeeded" : "failed";
    assertGolden("runner/" + workflow.replace(".yml", ".log"), run.text() + "\n" + verdict + "\n");
  }
}
