package dev.tegata.runner;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A line of output that tells the runner something: `::name key=value,…::data`, or in the older
/// form `##[name key=value;…]data`.
///
/// Source: <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>
record WorkflowCommand(String name, Map<String, String> properties, String data) {
  private static final Set<String> NAMES =
      Set.of(
          "add-mask",
          "add-matcher",
          "add-path",
          "debug",
          "echo",
          "endgroup",
          "error",
          "group",
          "internal-set-repo-path",
          "notice",
          "remove-matcher",
          "save-state",
          "set-env",
          "set-output",
          "stop-commands",
          "warning");
  // The percent sign comes last, so that nothing is unescaped twice.
  private static final List<String> ESCAPES = List.of("%0D", "%0A", "%25");
  private static final List<String> PROPERTY_ESCAPES = List.of("%0D", "%0A", "%3A", "%2C", "%25");
  private static final List<String> OLD_ESCAPES = List.of("%0D", "%0A", "%3B", "%5D", "%25");

  WorkflowCommand {
    properties = Map.copyOf(properties);
  }

  static boolean isName(String word) {
    return NAMES.contains(word.toLowerCase(Locale.ROOT));
  }

  /// The command that `line` is; a line with an unknown name is none.
  static Optional<WorkflowCommand> parse(String line) {
    String trimmed = line.stripLeading();
    int end = trimmed.startsWith("::") ? trimmed.indexOf("::", 2) : -1;
    if (end >= 0) {
      return of(trimmed.substring(2, end), trimmed.substring(end + 2), false);
    }
    int start = line.indexOf("##[");
    end = start < 0 ? -1 : line.indexOf(']', start);
    return end < 0
        ? Optional.empty()
        : of(line.substring(start + 3, end), line.substring(end + 1), true);
  }

  private static Optional<WorkflowCommand> of(String head, String data, boolean old) {
    int space = head.indexOf(' ');
    String name = (space < 0 ? head : head.substring(0, space)).toLowerCase(Locale.ROOT);
    if (!isName(name)) {
      return Optional.empty();
    }
    Map<String, String> properties = new LinkedHashMap<>();
    String rest = space < 0 ? "" : head.substring(space + 1);
    char separator = old ? ';' : ',';
    int at = 0;
    while (at < rest.length()) {
      int next = rest.indexOf(separator, at) < 0 ? rest.length() : rest.indexOf(separator, at);
      String property = rest.substring(at, next).strip();
      int equals = property.indexOf('=');
      if (equals > 0 && equals + 1 < property.length()) {
        properties.put(
            property.substring(0, equals),
            unescape(property.substring(equals + 1), old ? OLD_ESCAPES : PROPERTY_ESCAPES));
      }
      at = next + 1;
    }
    return Optional.of(
        new WorkflowCommand(name, properties, unescape(data, old ? OLD_ESCAPES : ESCAPES)));
  }

  String property(String key) {
    return properties.getOrDefault(key, "");
  }

  private static String unescape(String text, List<String> escapes) {
    String plain = text;
    for (String escape : escapes) {
      char c = (char) Integer.parseInt(escape.substring(1), 16);
      plain = plain.replace(escape, Character.toString(c));
    }
    return plain;
  }
}
