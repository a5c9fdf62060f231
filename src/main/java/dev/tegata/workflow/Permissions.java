package dev.tegata.workflow;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the token of a job may do, scope by scope; a scope that is not named is one it has none of.
///
/// Source:
/// <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#permissions>
public record Permissions(Map<String, Level> levels) {
  /// The scope whose `write` lets a job ask for ID tokens.
  public static final String ID_TOKEN = "id-token";

  static final List<String> SCOPES =
      List.of(
          "actions",
          "artifact-metadata",
          "attestations",
          "checks",
          "code-quality",
          "contents",
          "copilot-requests",
          "deployments",
          "discussions",
          "drives",
          ID_TOKEN,
          "issues",
          "models",
          "packages",
          "pages",
          "pull-requests",
          "repository-projects",
          "security-events",
          "statuses",
          "vulnerability-alerts");

  /// What holds when the file says nothing: to read contents and packages, and no ID token.
  static final Permissions UNSTATED =
      new Permissions(Map.of("contents", Level.READ, "packages", Level.READ));

  public Permissions {
    levels = Map.copyOf(levels);
  }

  /// `read-all` and `write-all`.
  static Permissions all(Level level) {
    Map<String, Level> levels = new TreeMap<>();
    SCOPES.forEach(scope -> levels.put(scope, isReadAtMost(scope) ? Level.READ : level));
    return new Permissions(levels);
  }

  static boolean isReadAtMost(String scope) {
    return scope.equals("models") || scope.equals("vulnerability-alerts");
  }

  public Level level(String scope) {
    return levels.getOrDefault(scope, Level.NONE);
  }

  /// Whether the job may ask for ID tokens.
  public boolean allowIdToken() {
    return level(ID_TOKEN) == Level.WRITE;
  }

  /// How much of a scope is granted; each level holds those before it.
  public enum Level {
    NONE,
    READ,
    WRITE
  }
}
