package dev.tegata.server;

import static dev.tegata.Golden.assertGolden;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IamOperationsTest {
  @Test
  void the_page_of_operations_says_which_are_there(@TempDir Path data) throws IOException {
    List<String> operations = operations();
    assertThat(operations).hasSize(176);
    StringBuilder rows = new StringBuilder();
    int there = 0;
    try (RunningServer server = RunningServer.start(data, "", Clock.systemUTC())) {
      for (String operation : operations) {
        Map<String, String> form = Map.of("Action", operation, "Version", "2010-05-08");
        Answer answer = server.query(form, RunningServer.ROOT, "iam");
        boolean isThere = !answer.text("Code").equals("InvalidAction");
        there += isThere ? 1 : 0;
        rows.append("| %s | %s |\n".formatted(operation, isThere ? "yes" : "no"));
      }
    }
    assertGolden(
        "../../../../docs/iam-operations.md",
        """
        # The operations of IAM

        Which operations of AWS's model of IAM (API version 2010-05-08) there are. One that is not
        there is answered as AWS answers an unknown one, with `InvalidAction`. A test writes this page.

        %d of %d are there.

        | operation | there |
        |---|---|
        """
                .formatted(there, operations.size())
            + rows);
  }

  private static List<String> operations() throws IOException {
    try (InputStream in =
        IamOperationsTest.class.getResourceAsStream("/vectors/iam/operations.txt")) {
      assertThat(in).isNotNull();
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    }
  }
}
