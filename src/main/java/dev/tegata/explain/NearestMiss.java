package dev.tegata.explain;

import dev.tegata.explain.Trace.ElementTrace;
import dev.tegata.explain.Trace.StatementTrace;
import dev.tegata.policy.Condition;
import dev.tegata.policy.Context;
import dev.tegata.policy.PolicyKind;
import dev.tegata.policy.Request;
import dev.tegata.policy.Statement.Effect;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The statement that came closest to allowing a request, and what kept it from it.
///
/// `advice` are sentences that say more of it than that a value does not match.
public record NearestMiss(StatementTrace statement, List<String> advice) {
  public NearestMiss {
    advice = List.copyOf(advice);
  }

  /// What kept the statement from bearing on the request.
  public List<ElementTrace> failed() {
    return statement.elements().stream().filter(element -> !element.holds()).toList();
  }

  /// The closest of the statements that allow in policies of `kind`.
  static Optional<NearestMiss> of(List<Trace> traces, PolicyKind kind, Request request) {
    return traces.stream()
        .filter(trace -> trace.kind() == kind)
        .flatMap(trace -> trace.statements().stream())
        .filter(statement -> statement.statement().effect() == Effect.ALLOW)
        .min(Comparator.comparingInt(NearestMiss::distance).thenComparingInt(NearestMiss::unlike))
        .map(statement -> new NearestMiss(statement, advice(statement, request.context())));
  }

  /// How far it is from bearing on the request: whom and what it is about weigh more than when.
  private static int distance(StatementTrace statement) {
    int distance = 0;
    for (ElementTrace element : statement.elements()) {
      if (!element.holds()) {
        distance +=
            switch (element.name()) {
              case "Action", "NotAction" -> 30;
              case "Principal", "NotPrincipal" -> 20;
              case "Resource", "NotResource" -> 10;
              default -> 1;
            };
      }
    }
    return distance;
  }

  /// How little what it expects looks like what was found, where it failed.
  private static int unlike(StatementTrace statement) {
    return statement
        .firstFailed()
        .map(element ->
            element.expected().stream()
                .mapToInt(text -> -likeness(text, element.reason()))
                .min()
                .orElse(0))
        .orElse(0);
  }

  /// How long a beginning of `expected` stands in `reason`, which quotes what was found first.
  static int likeness(String expected, String reason) {
    String found = reason.startsWith("`") ? reason.substring(1) : reason;
    int same = 0;
    while (same < expected.length()
        && same < found.length()
        && expected.charAt(same) == found.charAt(same)) {
      same++;
    }
    return same;
  }

  private static List<String> advice(StatementTrace statement, Context context) {
    List<String> advice = new ArrayList<>();
    for (Condition condition : statement.statement().conditions()) {
      if (!condition.holds(context) && !condition.operator().comparison().isNegated()) {
        advice.addAll(TokenAdvice.of(condition, context));
      }
    }
    return advice;
  }
}
