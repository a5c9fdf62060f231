package dev.tegata.workflow;

import dev.tegata.yaml.Node;
import dev.tegata.yaml.YamlException;

/// The ids of jobs and steps.
///
/// Source:
/// <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_id>
final class Ids {
  private static final int MAX_LENGTH = 100;

  private Ids() {}

  static String require(Node node, String name) {
    String id = Scalars.text(node, name);
    if (id.isEmpty() || !isStart(id.charAt(0)) || !id.chars().allMatch(Ids::isPart)) {
      throw new YamlException(
          node.place(),
          "%s is letters, digits, `-` and `_`, and begins with a letter or `_`, not `%s`"
              .formatted(name, id));
    }
    if (id.startsWith("__")) {
      throw new YamlException(node.place(), "%s does not begin with `__`".formatted(name));
    }
    if (id.length() > MAX_LENGTH) {
      throw new YamlException(
          node.place(), "%s has at most %d characters".formatted(name, MAX_LENGTH));
    }
    return id;
  }

  private static boolean isStart(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  private static boolean isPart(int c) {
    return isStart(c) || (c >= '0' && c <= '9') || c == '-';
  }
}
