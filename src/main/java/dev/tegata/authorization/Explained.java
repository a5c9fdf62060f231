package dev.tegata.authorization;

import dev.tegata.audit.AuditEvent.Outcome;
import dev.tegata.audit.AuditEvent.Outcome.Decided;
import dev.tegata.explain.Reason;
import dev.tegata.policy.Decision;
import dev.tegata.policy.PolicySet;
import dev.tegata.policy.Request;

/// Puts a decision into the operator's words.
///
/// What is allowed is told in a sentence. What is refused is worth more time: which statement came
/// closest, and what kept it from matching.
public final class Explained {
  private Explained() {}

  /// `decision` is what `policies` said of `request`.
  public static Outcome outcome(Decision decision, Request request, PolicySet policies) {
    return new Decided(
        decision,
        decision.isAllowed()
            ? decision.explanation()
            : Reason.of(request, policies, decision).text().strip());
  }
}
