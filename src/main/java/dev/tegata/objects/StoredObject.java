package dev.tegata.objects;

import dev.tegata.http.Headers;
import java.time.Instant;

/// An object without its bytes.
///
/// `blob` names the file that holds them; `etag` is without quotes; `headers` are the fields that
/// came with the object and that an answer repeats.
public record StoredObject(String key, Blob blob, String etag, Instant modified, Headers headers) {

  public StoredObject {
    for (Headers.Field field : headers.fields()) {
      if (field.name().indexOf(':') >= 0 || hasLineBreak(field.name() + field.value())) {
        throw new IllegalArgumentException("a header field with a line break: `" + field + "`");
      }
    }
  }

  private static boolean hasLineBreak(String text) {
    return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
  }

  /// How many bytes the object has.
  public long size() {
    return blob.size();
  }
}
