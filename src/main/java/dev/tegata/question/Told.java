package dev.tegata.question;

import dev.tegata.explain.Explanation;
import dev.tegata.policy.Decision.ExplicitlyDenied;
import java.util.ArrayList;
import java.util.List;

/// An explanation as it is told, with what is to be said beside it.
///
/// Where the decision hangs on a key that is not known, no change is proposed: it would admit the
/// request just because of what is not known of it.
record Told(Explanation explanation, List<String> advice) {
  private static final String OF_AWS = "arn:aws:iam::aws:policy/";

  Told {
    advice = List.copyOf(advice);
  }

  /// `issuer` is the prefix of the token's keys, or nothing where there is no token.
  static Told of(Explanation explanation, String issuer) {
    List<String> absent = AbsentKeys.advice(explanation, issuer);
    if (!absent.isEmpty()) {
      return new Told(explanation.withoutChanges(), absent);
    }
    List<String> advice = new ArrayList<>();
    if (explanation.decision() instanceof ExplicitlyDenied(var by, var _)) {
      advice.add("to let this in, narrow or remove " + by);
    }
    explanation.changes().stream()
        .map(change -> change.policy())
        .filter(policy -> policy.startsWith(OF_AWS))
        .map(policy ->
            "only AWS can change %s: add the statement to a policy of your own"
                .formatted(policy.substring(OF_AWS.length())))
        .forEach(advice::add);
    return new Told(explanation, advice);
  }
}
