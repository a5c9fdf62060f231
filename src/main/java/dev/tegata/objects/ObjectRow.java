package dev.tegata.objects;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.http.Headers;
import dev.tegata.http.Headers.Field;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/// How an object stands in a row of its table.
final class ObjectRow {
  private ObjectRow() {}

  static StoredObject object(ResultSet row) throws SQLException {
    return new StoredObject(
        new String(row.getBytes("key"), UTF_8),
        new Blob(row.getString("blob_id"), row.getLong("size")),
        row.getString("etag"),
        Instant.ofEpochSecond(row.getLong("modified_at")),
        headers(row.getString("headers")));
  }

  /// One line a field; neither names nor values have line breaks, and names no colon.
  static String lines(Headers headers) {
    return headers.fields().stream()
        .map(field -> field.name() + ":" + field.value() + "\n")
        .collect(Collectors.joining());
  }

  private static Headers headers(String lines) {
    List<Field> fields = lines.lines().map(ObjectRow::field).toList();
    return new Headers(fields);
  }

  private static Field field(String line) {
    int colon = line.indexOf(':');
    return new Field(line.substring(0, colon), line.substring(colon + 1));
  }
}
