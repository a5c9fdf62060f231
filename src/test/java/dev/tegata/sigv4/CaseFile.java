package dev.tegata.sigv4;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.http.Headers;
import dev.tegata.http.Headers.Field;
import dev.tegata.http.HttpRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A vector: `name: value` lines, a blank line, and the bytes they are about.
record CaseFile(String name, Map<String, String> fields, String content) {
  private static final Path FOLDER = Path.of("src/test/resources/vectors/sigv4");

  static List<CaseFile> all(String topic) throws IOException {
    try (Stream<Path> files = Files.list(FOLDER.resolve(topic))) {
      return files.sorted().map(CaseFile::read).toList();
    }
  }

  private static CaseFile read(Path file) {
    try {
      String text = Files.readString(file);
      int blank = text.indexOf("\n\n");
      Map<String, String> fields = new LinkedHashMap<>();
      for (String line : text.substring(0, blank).split("\n", -1)) {
        int colon = line.indexOf(": ");
        fields.put(line.substring(0, colon), line.substring(colon + 2));
      }
      return new CaseFile(file.getFileName().toString(), fields, text.substring(blank + 2));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String get(String field) {
    return find(field).orElseThrow();
  }

  Optional<String> find(String field) {
    return Optional.ofNullable(fields.get(field));
  }

  Instant time() {
    return AmzDate.parse(get("time")).orElseThrow();
  }

  /// The content, read as a request.
  HttpRequest request() {
    int end = content.indexOf("\n\n");
    String[] head = (end < 0 ? content : content.substring(0, end)).split("\n", -1);
    String[] line = head[0].split("[ ?]", 3);
    List<Field> fields = new ArrayList<>();
    for (int i = 1; i < head.length && !head[i].isEmpty(); i++) {
      int colon = head[i].indexOf(':');
      fields.add(new Field(head[i].substring(0, colon), head[i].substring(colon + 1).strip()));
    }
    return new HttpRequest(
        line[0],
        line[1],
        line.length > 2 ? line[2] : "",
        new Headers(fields),
        new ByteArrayInputStream(body()),
        "127.0.0.1",
        true);
  }

  byte[] body() {
    int end = content.indexOf("\n\n");
    return (end < 0 ? "" : content.substring(end + 2)).getBytes(UTF_8);
  }

  /// What a failed test is called.
  @Override
  public String toString() {
    return name + ": " + fields.get("about");
  }
}
