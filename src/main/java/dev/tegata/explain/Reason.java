package dev.tegata.explain;

import dev.tegata.explain.Trace.ElementTrace;
import dev.tegata.explain.Trace.StatementTrace;
import dev.tegata.policy.Decision;
import dev.tegata.policy.Decision.ExplicitlyDenied;
import dev.tegata.policy.Decision.ImplicitlyDenied;
import dev.tegata.policy.PolicySet;
import dev.tegata.policy.Request;
import java.util.List;
import java.util.Optional;

/// What a decision hangs on: the whole trace, and for a refusal the statement that denies, or the
/// one that came closest to allowing. It costs less than an [Explanation], which also looks for
/// what to change.
public record Reason(Decision decision, List<Trace> traces, Optional<NearestMiss> nearestMiss) {
  public Reason {
    traces = List.copyOf(traces);
  }

  /// Why `policies` say `decision` of `request`.
  public static Reason of(Request request, PolicySet policies, Decision decision) {
    List<Trace> traces = policies.parts().stream().map(part -> Trace.of(part, request)).toList();
    Optional<NearestMiss> nearest =
        decision instanceof ImplicitlyDenied(var kind)
            ? NearestMiss.of(traces, kind, request)
            : Optional.empty();
    return new Reason(decision, traces, nearest);
  }

  /// For a person: the decision and what it hangs on.
  public String text() {
    StringBuilder text = new StringBuilder();
    line(text, decision.explanation());
    if (decision instanceof ExplicitlyDenied(var by, var _)) {
      traces.stream()
          .flatMap(trace -> trace.statements().stream())
          .filter(statement -> statement.id().equals(by))
          .findFirst()
          .ifPresent(statement -> appendDenial(text, statement));
    }
    nearestMiss.ifPresent(miss -> appendMiss(text, miss));
    return text.toString();
  }

  private static void appendDenial(StringBuilder text, StatementTrace statement) {
    line(text, "");
    line(text, "no allow can undo it; it would not apply if one of these did not hold:");
    statement.elements().forEach(element -> appendElement(text, element));
  }

  private static void appendMiss(StringBuilder text, NearestMiss miss) {
    line(text, "");
    line(text, "closest is %s, but".formatted(miss.statement().id()));
    miss.failed().forEach(element -> appendElement(text, element));
    miss.advice().forEach(sentence -> line(text, "    %s".formatted(sentence)));
  }

  private static void appendElement(StringBuilder text, ElementTrace element) {
    line(text, "  %s: %s".formatted(element.name(), element.reason()));
  }

  private static void line(StringBuilder text, String line) {
    text.append(line).append('\n');
  }
}
