package dev.tegata.explain;

import dev.tegata.policy.Condition;
import dev.tegata.policy.Context;
import dev.tegata.policy.Context.Value;
import dev.tegata.policy.Operator.Comparison;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Says what to do about a condition on a claim of an ID token that did not hold.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif>
final class TokenAdvice {
  private static final String GITHUB = "token.actions.githubusercontent.com";
  private static final Set<String> GITHUB_KEYS =
      Set.of(
          "actor",
          "actor_id",
          "aud",
          "enterprise_id",
          "environment",
          "job_workflow_ref",
          "ref",
          "repository",
          "repository_id",
          "repository_owner_id",
          "sub",
          "workflow");

  private TokenAdvice() {}

  /// The advice for `condition`, which `context` does not meet; none for keys of no token.
  static List<String> of(Condition condition, Context context) {
    String key = condition.key().toLowerCase(Locale.ROOT);
    Optional<Value> value = context.get(key);
    String claim = key.substring(key.lastIndexOf(':') + 1);
    if (value.isEmpty()) {
      return key.startsWith(GITHUB) ? absent(claim) : List.of();
    }
    if (!(value.get() instanceof Value.Single(var found))) {
      return List.of();
    }
    return switch (claim) {
      case "sub" -> subject(condition, found);
      case "aud" ->
          List.of(
              "the token is for `%s`: let the job request one for %s, or list `%s` too"
                  .formatted(found, Trace.list(condition.values()), found));
      default -> List.of();
    };
  }

  private static List<String> absent(String claim) {
    if (claim.equals("environment")) {
      return List.of("the job names no `environment`: name one, or take the condition out");
    }
    return GITHUB_KEYS.contains(claim)
        ? List.of("the token has no claim `" + claim + "`")
        : List.of(
            "AWS makes no key of the claim `%s`, so no token meets this: test `sub` instead, or one of %s"
                .formatted(claim, String.join(", ", GITHUB_KEYS.stream().sorted().toList())));
  }

  /// What parts the subject from the value that is most like it.
  private static List<String> subject(Condition condition, String subject) {
    boolean wildcards = condition.operator().comparison() == Comparison.STRING_LIKE;
    return condition.values().stream()
        .max(Comparator.comparingInt(value -> NearestMiss.likeness(value, subject)))
        .map(value -> SubjectAdvice.differences(value, subject, wildcards))
        .orElse(List.of());
  }
}
