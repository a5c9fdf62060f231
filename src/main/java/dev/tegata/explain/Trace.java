package dev.tegata.explain;

import dev.tegata.policy.Condition;
import dev.tegata.policy.Policy;
import dev.tegata.policy.PolicyKind;
import dev.tegata.policy.PolicySet.Part;
import dev.tegata.policy.Principals;
import dev.tegata.policy.Principals.Reach;
import dev.tegata.policy.Request;
import dev.tegata.policy.RequestPrincipal;
import dev.tegata.policy.Statement;
import dev.tegata.policy.StatementId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// How one policy met a request: every statement, every element, expected and found.
///
/// `kind` is the part that the policy plays.
public record Trace(PolicyKind kind, String policy, List<StatementTrace> statements) {
  public Trace {
    statements = List.copyOf(statements);
  }

  /// How one statement met the request; it bears on it when every element holds.
  public record StatementTrace(
      StatementId id, Statement statement, Policy policy, List<ElementTrace> elements) {
    public StatementTrace {
      elements = List.copyOf(elements);
    }

    public boolean bears() {
      return elements.stream().allMatch(ElementTrace::holds);
    }

    /// The first element that did not hold.
    public Optional<ElementTrace> firstFailed() {
      return elements.stream().filter(element -> !element.holds()).findFirst();
    }
  }

  /// How one element met the request. `name` is the element as the policy has it, with operator and
  /// key for a condition; `reason` says what was found and why that holds or does not.
  public record ElementTrace(String name, boolean holds, List<String> expected, String reason) {
    public ElementTrace {
      expected = List.copyOf(expected);
    }
  }

  /// Holds `part` against `request`.
  static Trace of(Part part, Request request) {
    Policy policy = part.policy().policy();
    List<StatementTrace> statements =
        policy.statements().stream().map(statement -> statement(statement, part, request)).toList();
    return new Trace(part.kind(), part.policy().name(), statements);
  }

  private static StatementTrace statement(Statement statement, Part part, Request request) {
    List<ElementTrace> elements = new ArrayList<>();
    if (!(statement.principals() instanceof Principals.Own)) {
      elements.add(principal(statement, request));
    }
    elements.add(action(statement.actions(), request.action()));
    if (!(statement.resources() instanceof Statement.Resources.Own)) {
      elements.add(resource(statement.resources(), request));
    }
    for (Condition condition : statement.conditions()) {
      elements.add(
          new ElementTrace(
              "Condition " + condition.operator() + " " + condition.key(),
              condition.holds(request.context()),
              condition.values(),
              ConditionReason.of(condition, request.context())));
    }
    StatementId id = new StatementId(part.policy().name(), statement.index(), statement.sid());
    return new StatementTrace(id, statement, part.policy().policy(), elements);
  }

  private static ElementTrace principal(Statement statement, Request request) {
    Principals principals = statement.principals();
    boolean holds = principals.reach(request.principal(), statement.effect()) != Reach.NONE;
    List<String> expected = principals.names().stream().map(Principals.Name::text).toList();
    String caller = caller(request.principal());
    if (principals instanceof Principals.NotPrincipal) {
      String reason = holds ? " is not among those left out" : " is left out";
      return new ElementTrace("NotPrincipal", holds, expected, caller + reason);
    }
    return new ElementTrace(
        "Principal",
        holds,
        expected,
        caller + (holds ? " is named" : " is not named: it is for " + list(expected)));
  }

  private static ElementTrace action(Statement.Actions actions, String action) {
    String folded = Statement.fold(action);
    boolean holds = actions.cover(folded);
    boolean negated = actions instanceof Statement.Actions.NotAction;
    return new ElementTrace(
        negated ? "NotAction" : "Action",
        holds,
        actions.texts(),
        matched(action, holds != negated, actions.texts()));
  }

  private static ElementTrace resource(Statement.Resources resources, Request request) {
    boolean holds = resources.cover(request.resource(), request.context());
    boolean negated = resources instanceof Statement.Resources.NotResource;
    return new ElementTrace(
        negated ? "NotResource" : "Resource",
        holds,
        resources.texts(),
        matched(request.resource().toString(), holds != negated, resources.texts()));
  }

  private static String matched(String found, boolean matches, List<String> expected) {
    boolean one = expected.size() == 1;
    String verb = matches ? " matches " : " does not match ";
    return "`" + found + "`" + verb + (one ? "" : matches ? "one of " : "any of ") + list(expected);
  }

  /// The values in backticks; of many, the first few and how many more there are.
  static String list(List<String> texts) {
    int shown = 5;
    String list =
        texts.stream().limit(shown).map(text -> "`" + text + "`").collect(Collectors.joining(", "));
    return texts.size() > shown ? list + " and " + (texts.size() - shown) + " more" : list;
  }

  /// Who asks, for people.
  static String caller(RequestPrincipal principal) {
    return switch (principal) {
      case RequestPrincipal.WebIdentity(var provider) -> "a token of `" + provider + "`";
      case RequestPrincipal.RoleSession session ->
          "`" + session.session() + "` of role `" + session.role() + "`";
      case RequestPrincipal.Root(var account) -> "the root of account `" + account + "`";
      case RequestPrincipal.FederatedUser(var session, var _) -> "`" + session + "`";
      case RequestPrincipal.User user -> "`" + user.user() + "`";
      case RequestPrincipal.Service(var name) -> "service `" + name + "`";
      case RequestPrincipal.Anonymous() -> "an unsigned request";
    };
  }
}
