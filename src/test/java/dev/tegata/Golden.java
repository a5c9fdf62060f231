package dev.tegata;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Compares an answer, byte for byte, with a file that a person has read and agreed to.
///
/// `./check golden` rewrites the files; the diff is then read like any other change.
public final class Golden {
  private static final Path FOLDER = Path.of("src/test/resources/golden");

  private Golden() {}

  /// Fails unless the golden file `name` holds exactly `actual`.
  public static void assertGolden(String name, String actual) throws IOException {
    Path file = FOLDER.resolve(name);
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, actual, UTF_8);
    }
    assertThat(Path.of(file.toString())).usingCharset(UTF_8).hasContent(actual);
  }
}
