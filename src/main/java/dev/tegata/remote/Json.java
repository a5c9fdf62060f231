package dev.tegata.remote;

import tools.jackson.databind.json.JsonMapper;

/// JSON for programs, over several lines so that people can read it too.
public final class Json {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private Json() {}

  /// `value` and a line break.
  public static String write(Object value) {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
  }

  /// The JSON in `text`, over several lines.
  public static String pretty(String text) {
    return write(MAPPER.readTree(text));
  }
}
