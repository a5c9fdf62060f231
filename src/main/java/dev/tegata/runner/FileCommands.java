package dev.tegata.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Reads the files by which a step sets variables and outputs: `NAME=VALUE`, or `NAME<<END`, the
/// lines of the value, and `END`.
///
/// Source:
/// <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#environment-files>
final class FileCommands {
  static final int MAX_FILE_BYTES = 10 << 20;
  static final int MAX_SUMMARY_BYTES = 1 << 20;

  private final String text;
  private int at;

  private FileCommands(String text) {
    this.text = text;
  }

  /// The content of a step's file; a step may have deleted it.
  ///
  /// @throws IllegalArgumentException when it is larger than `maxBytes`
  static String content(Path file, int maxBytes) throws IOException {
    if (!Files.isRegularFile(file)) {
      return "";
    }
    long size = Files.size(file);
    if (size > maxBytes) {
      throw new IllegalArgumentException(
          "the file has %d bytes, and may have %d".formatted(size, maxBytes));
    }
    return new String(Files.readAllBytes(file), UTF_8);
  }

  /// The lines that say something.
  static List<String> lines(String text) {
    FileCommands reader = new FileCommands(text);
    List<String> lines = new ArrayList<>();
    while (reader.at < text.length()) {
      String line = reader.line();
      if (!line.isEmpty()) {
        lines.add(line);
      }
    }
    return lines;
  }

  /// The names and values; of a name that is set twice, the later value.
  ///
  /// @throws IllegalArgumentException when `text` is not of that form
  static SequencedMap<String, String> pairs(String text) {
    FileCommands reader = new FileCommands(text);
    SequencedMap<String, String> pairs = new LinkedHashMap<>();
    while (reader.at < text.length()) {
      String line = reader.line();
      if (!line.isEmpty()) {
        reader.pair(line, pairs);
      }
    }
    return pairs;
  }

  private void pair(String line, SequencedMap<String, String> pairs) {
    int equals = line.indexOf('=');
    int block = line.indexOf("<<");
    if (equals > 0 && (block < 0 || equals < block)) {
      pairs.put(line.substring(0, equals), line.substring(equals + 1));
    } else if (block > 0 && block + 2 < line.length() && (equals < 0 || block < equals)) {
      pairs.put(line.substring(0, block), block(line.substring(block + 2)));
    } else {
      throw new IllegalArgumentException("Invalid format '" + line + "'");
    }
  }

  private String block(String delimiter) {
    List<String> lines = new ArrayList<>();
    while (at < text.length()) {
      boolean complete = text.indexOf('\n', at) >= 0;
      String line = line();
      if (line.equals(delimiter)) {
        return String.join("\n", lines);
      }
      if (!complete) {
        throw new IllegalArgumentException("Invalid value. EOF marker missing new line.");
      }
      lines.add(line);
    }
    throw new IllegalArgumentException(
        "Invalid value. Matching delimiter not found '" + delimiter + "'");
  }

  /// The next line. Only a line feed ends one: a carriage return is part of it.
  private String line() {
    int end = text.indexOf('\n', at);
    String line = text.substring(at, end < 0 ? text.length() : end);
    at += line.length() + 1;
    return line;
  }
}
