package dev.tegata.policy;

import dev.tegata.arn.Arn;
import dev.tegata.match.ArnPattern;
import dev.tegata.match.Glob;
import dev.tegata.match.PrefixTree;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// One statement: an effect, and what it is about. It bears on a request when each of its elements
/// does.
///
/// `index` is its place in the policy, counted from 0; `sid` is empty when it has none.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html>
public record Statement(
    int index,
    String sid,
    Effect effect,
    Principals principals,
    Actions actions,
    Resources resources,
    List<Condition> conditions) {

  public Statement {
    conditions = List.copyOf(conditions);
  }

  public enum Effect {
    ALLOW,
    DENY
  }

  /// The actions that a statement is about. They are compared without regard to case.
  public sealed interface Actions {
    record Action(Patterns patterns) implements Actions {}

    record NotAction(Patterns patterns) implements Actions {}

    /// Whether the statement is about `action`, which is in small letters.
    default boolean cover(String action) {
      return switch (this) {
        case Action(var patterns) -> patterns.anyMatches(action);
        case NotAction(var patterns) -> !patterns.anyMatches(action);
      };
    }

    /// Whether the statement may be about some action of a service, such as `s3`.
    default boolean mayCover(String service) {
      return switch (this) {
        case Action(var patterns) -> patterns.texts.stream().anyMatch(text -> isOf(service, text));
        case NotAction(var patterns) ->
            patterns.texts.stream()
                .filter(text -> isOf(service, text))
                .noneMatch(text -> text.substring(text.indexOf(':') + 1).matches("\\*+"));
      };
    }

    /// What has no colon is `*`; but for `*` itself, no service is named by a pattern.
    private static boolean isOf(String service, String pattern) {
      int colon = pattern.indexOf(':');
      return colon < 0
          || pattern.startsWith("*:")
          || pattern.substring(0, colon).equalsIgnoreCase(service);
    }

    /// The patterns as the policy writes them.
    default List<String> texts() {
      return switch (this) {
        case Action(var patterns) -> patterns.texts;
        case NotAction(var patterns) -> patterns.texts;
      };
    }
  }

  /// Patterns of actions, found by how they begin where there are many.
  public static final class Patterns {
    private static final int FEW = 8;

    private final List<String> texts;
    private final List<Glob> globs;
    private final PrefixTree<Glob> tree;

    Patterns(List<String> texts) {
      this.texts = List.copyOf(texts);
      this.globs = texts.stream().map(text -> Glob.of(Glob.pattern(fold(text)))).toList();
      this.tree =
          PrefixTree.of(
              globs.size() <= FEW
                  ? List.of()
                  : globs.stream()
                      .map(glob -> new PrefixTree.Entry<>(glob.prefix(), glob))
                      .toList());
    }

    private boolean anyMatches(String action) {
      if (globs.size() > FEW) {
        return tree.anyMatch(action, glob -> glob.matches(action));
      }
      for (Glob glob : globs) {
        if (glob.matches(action)) {
          return true;
        }
      }
      return false;
    }

    List<Glob> globs() {
      return globs;
    }
  }

  /// The resources that a statement is about.
  public sealed interface Resources {
    record Resource(List<ArnPattern> patterns) implements Resources {}

    record NotResource(List<ArnPattern> patterns) implements Resources {}

    /// No such element: the policy belongs to the one resource it is about.
    record Own() implements Resources {}

    /// Whether the statement is about `resource`.
    default boolean cover(Arn resource, Context context) {
      return switch (this) {
        case Resource(var patterns) -> anyMatches(patterns, resource, context);
        case NotResource(var patterns) -> !anyMatches(patterns, resource, context);
        case Own() -> true;
      };
    }

    private static boolean anyMatches(List<ArnPattern> patterns, Arn resource, Context context) {
      for (ArnPattern pattern : patterns) {
        if (pattern.matches(resource, context)) {
          return true;
        }
      }
      return false;
    }

    private Stream<String> contextKeys() {
      return switch (this) {
        case Resource(var patterns) -> patterns.stream().flatMap(p -> p.keys().stream());
        case NotResource(var patterns) -> patterns.stream().flatMap(p -> p.keys().stream());
        case Own() -> Stream.empty();
      };
    }

    /// The patterns as the policy writes them.
    default List<String> texts() {
      return switch (this) {
        case Resource(var patterns) -> patterns.stream().map(ArnPattern::toString).toList();
        case NotResource(var patterns) -> patterns.stream().map(ArnPattern::toString).toList();
        case Own() -> List.of();
      };
    }
  }

  /// An action in the letters that [Actions#cover] compares.
  public static String fold(String action) {
    return action.toLowerCase(Locale.ROOT);
  }

  /// Whether action, resource and conditions bear on `request`, whose action in small letters is
  /// `action`; whom the statement is about is not asked.
  boolean concerns(Request request, String action) {
    return actions.cover(action)
        && resources.cover(request.resource(), request.context())
        && conditionsHold(request.context());
  }

  private boolean conditionsHold(Context context) {
    for (Condition condition : conditions) {
      if (!condition.holds(context)) {
        return false;
      }
    }
    return true;
  }

  /// The condition keys that it reads, in conditions or as variables, as they are written.
  Stream<String> contextKeys() {
    return Stream.concat(
        resources.contextKeys(), conditions.stream().flatMap(Condition::contextKeys));
  }

  /// Its name within `policy`.
  StatementId in(String policy) {
    return new StatementId(policy, index, sid);
  }
}
