package dev.tegata.question;

import dev.tegata.explain.Explanation;
import dev.tegata.explain.NearestMiss;
import dev.tegata.explain.Trace.StatementTrace;
import dev.tegata.policy.Condition;
import dev.tegata.policy.Decision.ExplicitlyDenied;
import dev.tegata.policy.StatementId;
import java.util.List;
import java.util.Optional;

/// Finds condition keys that the decision hangs on and that the question did not have.
final class AbsentKeys {
  private AbsentKeys() {}

  /// A sentence for each. A key whose name begins with `issuer` and a colon is a claim of the
  /// token.
  static List<String> advice(Explanation explanation, String issuer) {
    return decisive(explanation).stream()
        .flatMap(statement -> statement.statement().conditions().stream())
        .map(Condition::key)
        .distinct()
        .filter(key -> explanation.request().context().get(key).isEmpty())
        .map(key ->
            !issuer.isEmpty() && key.regionMatches(true, 0, issuer + ":", 0, issuer.length() + 1)
                ? "`%s` comes from the claim `%s`, which is not in the token or is no condition key"
                    .formatted(key, key.substring(issuer.length() + 1))
                : "`%s` depends on the request: say what it would be with --context %s=VALUE"
                    .formatted(key, key))
        .toList();
  }

  /// The statement that denied, or the one that came closest to allowing.
  private static Optional<StatementTrace> decisive(Explanation explanation) {
    if (explanation.decision() instanceof ExplicitlyDenied(StatementId by, var _)) {
      return explanation.reason().traces().stream()
          .flatMap(trace -> trace.statements().stream())
          .filter(statement -> statement.id().equals(by))
          .findFirst();
    }
    return explanation.reason().nearestMiss().map(NearestMiss::statement);
  }
}
