package dev.tegata.policy;

import dev.tegata.match.ArnPattern;
import dev.tegata.match.Glob;
import dev.tegata.match.PrefixTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Statements filed by how the actions and the resources that they are about begin.
///
/// A request is held only against statements that can concern it, so a decision's time does not
/// grow with those that cannot. The index leaves out, it does not decide.
final class StatementIndex {
  /// A statement with more combinations than this is filed by its actions alone.
  private static final int MAX_COMBINATIONS = 256;

  private final PrefixTree<PrefixTree<Entry>> tree;

  /// A statement and the place of its policy in the list that was indexed.
  record Entry(int policy, Statement statement) {}

  private StatementIndex(PrefixTree<PrefixTree<Entry>> tree) {
    this.tree = tree;
  }

  /// The index of several policies' statements.
  static StatementIndex of(List<List<Statement>> policies) {
    Map<String, List<PrefixTree.Entry<Entry>>> byAction = new TreeMap<>();
    for (int policy = 0; policy < policies.size(); policy++) {
      for (Statement statement : policies.get(policy)) {
        file(new Entry(policy, statement), byAction);
      }
    }
    List<PrefixTree.Entry<PrefixTree<Entry>>> actions = new ArrayList<>();
    byAction.forEach(
        (prefix, entries) -> actions.add(new PrefixTree.Entry<>(prefix, PrefixTree.of(entries))));
    return new StatementIndex(PrefixTree.of(actions));
  }

  private static void file(Entry entry, Map<String, List<PrefixTree.Entry<Entry>>> byAction) {
    List<String> actions = shortest(actionPrefixes(entry.statement().actions()));
    List<String> resources = shortest(resourcePrefixes(entry.statement().resources()));
    boolean byActionAlone = (long) actions.size() * resources.size() > MAX_COMBINATIONS;
    for (String action : actions) {
      List<PrefixTree.Entry<Entry>> filed =
          byAction.computeIfAbsent(action, _ -> new ArrayList<>());
      for (String resource : byActionAlone ? List.of("") : resources) {
        filed.add(new PrefixTree.Entry<>(resource, entry));
      }
    }
  }

  private static List<String> actionPrefixes(Statement.Actions actions) {
    return switch (actions) {
      case Statement.Actions.Action(var patterns) ->
          patterns.globs().stream().map(Glob::prefix).toList();
      case Statement.Actions.NotAction _ -> List.of("");
    };
  }

  private static List<String> resourcePrefixes(Statement.Resources resources) {
    return switch (resources) {
      case Statement.Resources.Resource(var patterns) ->
          patterns.stream().map(ArnPattern::resourcePrefix).toList();
      case Statement.Resources.NotResource _, Statement.Resources.Own() -> List.of("");
    };
  }

  /// Those of `prefixes` that begin with no other, so that a text meets at most one of them and a
  /// statement is asked once.
  private static List<String> shortest(List<String> prefixes) {
    List<String> kept = new ArrayList<>();
    for (String prefix : prefixes.stream().sorted().toList()) {
      if (kept.isEmpty() || !prefix.startsWith(kept.getLast())) {
        kept.add(prefix);
      }
    }
    return kept;
  }

  /// Hands `visitor` each statement that can concern `action`, in small letters, on `resource`. The
  /// visitor answers whether that is enough.
  void visit(String action, String resource, Predicate<Entry> visitor) {
    tree.anyMatch(action, resources -> resources.anyMatch(resource, visitor));
  }
}
