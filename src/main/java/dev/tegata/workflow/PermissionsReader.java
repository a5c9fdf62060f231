package dev.tegata.workflow;

import dev.tegata.expression.Nearest;
import dev.tegata.workflow.Permissions.Level;
import dev.tegata.yaml.Node;
import dev.tegata.yaml.Node.Entry;
import dev.tegata.yaml.Node.Scalar;
import dev.tegata.yaml.YamlException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Reads `permissions`: `read-all`, `write-all`, or a mapping of scopes to levels.
final class PermissionsReader {
  private static final List<String> WHOLES = List.of("read-all", "write-all");

  private PermissionsReader() {}

  static Permissions read(Node node) {
    if (node instanceof Scalar) {
      String whole = Scalars.text(node, "`permissions`");
      return switch (whole) {
        case "read-all" -> Permissions.all(Level.READ);
        case "write-all" -> Permissions.all(Level.WRITE);
        default ->
            throw new YamlException(
                node.place(),
                "`permissions` is a mapping, `read-all` or `write-all`, not `%s`: %s"
                    .formatted(whole, Nearest.offer(whole, WHOLES)));
      };
    }
    Map<String, Level> levels = new TreeMap<>();
    Section section = Section.read(node, "`permissions`", Permissions.SCOPES);
    for (Entry entry : section.mapping().entries()) {
      levels.put(entry.key().text(), level(entry.key().text(), entry.value()));
    }
    return new Permissions(levels);
  }

  /// `id-token` has no `read`: it is granted or not.
  private static Level level(String scope, Node node) {
    List<String> levels =
        switch (scope) {
          case Permissions.ID_TOKEN -> List.of("write", "none");
          case String other when Permissions.isReadAtMost(other) -> List.of("read", "none");
          default -> List.of("read", "write", "none");
        };
    String level = Scalars.text(node, "`" + scope + "`");
    if (!levels.contains(level)) {
      throw new YamlException(
          node.place(),
          "`%s` is %s, not `%s`".formatted(scope, String.join(" or ", levels), level));
    }
    return switch (level) {
      case "write" -> Level.WRITE;
      case "read" -> Level.READ;
      default -> Level.NONE;
    };
  }
}
