package dev.tegata.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;

/// A table that is kept in a resource: tab-separated, with `#` before a remark and the names of the
/// columns first.
public record Table(List<List<String>> rows) {
  private static final String SEPARATOR = "\t";

  public Table {
    rows = List.copyOf(rows);
  }

  /// Reads the resource at `path`, such as `/aws/s3-errors.tsv`.
  ///
  /// @throws IllegalStateException when it is missing, or a row has not as many cells as columns
  public static Table read(String path) {
    List<List<String>> lines = lines(path);
    for (List<String> line : lines) {
      if (line.size() != lines.getFirst().size()) {
        throw new IllegalStateException("a row of " + path + " has a wrong width: " + line);
      }
    }
    return new Table(lines.subList(1, lines.size()));
  }

  private static List<List<String>> lines(String path) {
    try (InputStream in = Table.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("the table " + path + " is missing");
      }
      Stream<String> lines = new String(in.readAllBytes(), UTF_8).lines();
      return lines
          .filter(line -> !line.startsWith("#"))
          .map(line -> List.of(line.split(SEPARATOR, -1)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
