package dev.tegata.explain;

import dev.tegata.match.Glob;
import dev.tegata.policy.Condition;
import dev.tegata.policy.NamedPolicy;
import dev.tegata.policy.Operator.Comparison;
import dev.tegata.policy.Operator.Quantifier;
import dev.tegata.policy.Principals;
import dev.tegata.policy.Principals.Name;
import dev.tegata.policy.Statement;
import dev.tegata.policy.Statement.Effect;
import dev.tegata.policy.StatementId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// Where a policy is weaker than it looks. Only what allows is looked at.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html>
public final class Weaknesses {
  private static final String GITHUB_SUBJECT = "repo:";

  private final NamedPolicy policy;
  private final List<Weakness> found = new ArrayList<>();

  /// One weakness, in a sentence.
  public record Weakness(StatementId statement, String sentence) {
    @Override
    public String toString() {
      return statement + ": " + sentence;
    }
  }

  private Weaknesses(NamedPolicy policy) {
    this.policy = policy;
  }

  /// The weaknesses of `policy`, statement by statement.
  public static List<Weakness> of(NamedPolicy policy) {
    Weaknesses weaknesses = new Weaknesses(policy);
    policy.policy().statements().stream()
        .filter(statement -> statement.effect() == Effect.ALLOW)
        .forEach(weaknesses::look);
    return List.copyOf(weaknesses.found);
  }

  private void look(Statement statement) {
    if (statement.actions() instanceof Statement.Actions.NotAction) {
      say(statement, "NotAction allows every other action, also of services that are yet to come");
    }
    if (statement.principals() instanceof Principals.NotPrincipal) {
      say(statement, "NotPrincipal allows everybody else, also those without an account");
    }
    Set<String> demanded = demanded(statement);
    for (Condition condition : statement.conditions()) {
      if (!demanded.contains(condition.key())
          && condition.operator().comparison() != Comparison.NULL) {
        lookAtMissingKey(statement, condition);
      }
      if (condition.key().toLowerCase(Locale.ROOT).endsWith(":sub") && accepts(condition)) {
        condition.values().forEach(value -> lookAtSubject(statement, condition, value));
      }
    }
    lookAtIssuers(statement);
  }

  private void lookAtMissingKey(Statement statement, Condition condition) {
    boolean all = condition.operator().quantifier() == Quantifier.ALL;
    if (condition.operator().ifExists()) {
      say(statement, "IfExists lets in a request without `" + condition.key() + "`");
    } else if (all) {
      say(
          statement,
          "ForAllValues is true of no values, so a request without `%s` gets in; add \"Null\": {\"%s\": \"false\"}"
              .formatted(condition.key(), condition.key()));
    } else if (condition.operator().comparison().isNegated()) {
      say(
          statement,
          "%s holds for a request without `%s`".formatted(condition.operator(), condition.key()));
    }
  }

  /// The keys without which a request does not meet the statement.
  private static Set<String> demanded(Statement statement) {
    Set<String> keys = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    statement.conditions().stream()
        .filter(Weaknesses::demandsItsKey)
        .map(Condition::key)
        .forEach(keys::add);
    return keys;
  }

  private static boolean demandsItsKey(Condition condition) {
    if (condition.operator().ifExists()) {
      return false;
    }
    return switch (condition.operator().comparison()) {
      case NULL -> condition.values().stream().allMatch("false"::equalsIgnoreCase);
      default ->
          condition.operator().quantifier() == Quantifier.ANY
              || (condition.operator().quantifier() == Quantifier.NONE
                  && !condition.operator().comparison().isNegated());
    };
  }

  private static boolean accepts(Condition condition) {
    return !condition.operator().comparison().isNegated()
        && condition.operator().comparison() != Comparison.NULL;
  }

  private static boolean isPattern(Condition condition) {
    return condition.operator().comparison() == Comparison.STRING_LIKE;
  }

  private void lookAtSubject(Statement statement, Condition condition, String value) {
    int wildcard = firstWildcard(value);
    if (!isPattern(condition)) {
      if (wildcard < value.length()) {
        say(
            statement,
            "%s takes `%s` for itself, so it never matches; StringLike takes it for a pattern"
                .formatted(condition.operator(), value));
      }
      return;
    }
    boolean nothingFixed = value.chars().allMatch(c -> c == '*' || c == '?');
    if (nothingFixed) {
      say(statement, "`" + value + "` is every subject of the issuer, of whatever tenant");
    } else if (value.startsWith(GITHUB_SUBJECT)) {
      lookAtGitHub(statement, value, wildcard);
    } else if (wildcard == 0) {
      say(
          statement,
          "`%s` begins with a wildcard, so whoever can choose the beginning gets in"
              .formatted(value));
    }
  }

  private void lookAtGitHub(Statement statement, String value, int wildcard) {
    int slash = value.indexOf('/');
    int end = value.indexOf(':', GITHUB_SUBJECT.length());
    int repositoryEnd = end < 0 ? value.length() : end;
    if (slash < 0 || wildcard < slash) {
      boolean idOnly = slash > 0 && value.lastIndexOf('@', slash) == wildcard - 1;
      say(
          statement,
          idOnly
              ? "`%s` leaves the owner's id open, so a new owner of an old name gets in"
                  .formatted(value)
              : "`%s` has a wildcard before the owner's slash, so other owners' repositories get in"
                  .formatted(value));
    } else if (wildcard < repositoryEnd && wildcard > slash + 1) {
      boolean idOnly = value.charAt(wildcard - 1) == '@';
      say(
          statement,
          idOnly
              ? "`%s` leaves the repository's id open, so a new repository of an old name gets in"
                  .formatted(value)
              : "`%s` has a wildcard right behind a name, so repositories whose names begin alike get in"
                  .formatted(value));
    } else if (end >= 0 && fits(value.substring(end + 1), "pull_request")) {
      say(
          statement,
          "`%s` lets in pull requests, which run what their authors propose".formatted(value));
    }
  }

  private static boolean fits(String pattern, String text) {
    return Glob.of(pattern).matches(text);
  }

  private static int firstWildcard(String value) {
    int i = 0;
    while (i < value.length() && value.charAt(i) != '*' && value.charAt(i) != '?') {
      i++;
    }
    return i;
  }

  private void lookAtIssuers(Statement statement) {
    for (Name name : statement.principals().names()) {
      if (name instanceof Name.Federated(var provider) && provider.contains(":oidc-provider/")) {
        String issuer = provider.substring(provider.indexOf('/') + 1);
        if (!tests(statement, issuer + ":sub")
            && !tests(statement, issuer + ":job_workflow_ref")
            && !tests(statement, issuer + ":repository")
            && !tests(statement, issuer + ":repository_id")) {
          say(statement, "no subject is asked for, so every token of `" + issuer + "` gets in");
        }
        if (!tests(statement, issuer + ":aud")) {
          say(
              statement,
              "no audience is asked for, so tokens meant for other clients of the provider get in");
        }
      }
    }
  }

  private static boolean tests(Statement statement, String key) {
    return statement.conditions().stream()
        .anyMatch(condition -> accepts(condition) && condition.key().equalsIgnoreCase(key));
  }

  private void say(Statement statement, String sentence) {
    found.add(
        new Weakness(new StatementId(policy.name(), statement.index(), statement.sid()), sentence));
  }
}
