package dev.tegata.cloudformation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A template file of the test resources.
///
/// Its first lines may say, behind `# given:`, which parameters it is deployed with, and, behind `#
/// fault:`, the place and the message of its fault.
record Vector(Path file, String text) {
  private static final Path FOLDER = Path.of("src/test/resources/vectors/cloudformation");

  static List<Vector> in(String folder) throws IOException {
    try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
      return files.sorted().map(Vector::read).toList();
    }
  }

  private static Vector read(Path file) {
    try {
      return new Vector(file, Files.readString(file, UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The file's name without its ending.
  String name() {
    String name = String.valueOf(file.getFileName());
    return name.substring(0, name.lastIndexOf('.'));
  }

  boolean isJson() {
    return file.toString().endsWith(".json");
  }

  String fault() {
    return header("fault").findFirst().orElseThrow();
  }

  Map<String, String> parameters() {
    Map<String, String> parameters = new TreeMap<>();
    header("given")
        .forEach(given -> {
          int equals = given.indexOf('=');
          parameters.put(given.substring(0, equals), given.substring(equals + 1));
        });
    return parameters;
  }

  private Stream<String> header(String name) {
    String prefix = "# " + name + ": ";
    return text.lines()
        .takeWhile(line -> line.startsWith("# "))
        .filter(line -> line.startsWith(prefix))
        .map(line -> line.substring(prefix.length()));
  }

  @Override
  public String toString() {
    return String.valueOf(file.getFileName());
  }
}
