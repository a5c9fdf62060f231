package dev.tegata.accountdetails;

import dev.tegata.arn.AccountId;
import dev.tegata.policy.Condition;
import dev.tegata.policy.Principals.Name;
import dev.tegata.policy.Statement;
import dev.tegata.store.OidcProvider;
import dev.tegata.store.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Finds OIDC providers by the trust policies that name them.
final class TrustedProviders {
  private static final String USUAL_AUDIENCE = "sts.amazonaws.com";

  private TrustedProviders() {}

  /// The providers of the account in the order of their names, each with the audiences that some
  /// policy expects of its tokens.
  static List<OidcProvider> of(AccountDetails details, Instant created) {
    Map<String, Set<String>> audiences = new TreeMap<>();
    for (Role role : details.holders().roles()) {
      for (Statement statement : role.trust().statements()) {
        for (String url : urls(statement, details.account())) {
          audiences
              .computeIfAbsent(url, _ -> new LinkedHashSet<>())
              .addAll(audiences(statement, url));
        }
      }
    }
    List<OidcProvider> providers = new ArrayList<>();
    audiences.forEach((url, expected) ->
        providers.add(
            new OidcProvider(
                details.account(),
                "https://" + url,
                expected.isEmpty() ? List.of(USUAL_AUDIENCE) : List.copyOf(expected),
                List.of(),
                new LinkedHashMap<>(),
                created)));
    return providers;
  }

  private static List<String> urls(Statement statement, AccountId account) {
    String prefix = "arn:aws:iam::" + account + ":oidc-provider/";
    return statement.principals().names().stream()
        .filter(Name.Federated.class::isInstance)
        .map(name -> ((Name.Federated) name).provider())
        .filter(provider -> provider.startsWith(prefix))
        .map(provider -> provider.substring(prefix.length()))
        .toList();
  }

  private static List<String> audiences(Statement statement, String url) {
    return statement.conditions().stream()
        .filter(condition -> condition.key().equalsIgnoreCase(url + ":aud"))
        .map(Condition::values)
        .flatMap(List::stream)
        .filter(value -> value.chars().noneMatch(c -> c == '*' || c == '?' || c == '$'))
        .toList();
  }
}
