package dev.tegata.server;

import dev.tegata.http.Headers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What came back over the wire.
public record Answer(int status, Headers headers, String body) {

  public String header(String name) {
    return headers.first(name).orElse("");
  }

  /// The text of the first XML element called `name`, or nothing.
  public String text(String name) {
    Matcher matcher = Pattern.compile("<" + name + ">([^<]*)</" + name + ">").matcher(body);
    return matcher.find()
        ? matcher
            .group(1)
            .replace("&quot;", "\"")
            .replace("&apos;", "'")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&")
        : "";
  }

  /// Status, code and message of an error, in one line.
  public String error() {
    return status + " " + text("Code") + ": " + text("Message");
  }

  @Override
  public String toString() {
    return status + "\n" + body;
  }
}
