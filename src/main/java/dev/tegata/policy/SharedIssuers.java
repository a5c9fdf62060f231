package dev.tegata.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.policy.Operator.Comparison;
import dev.tegata.policy.Principals.Name;
import dev.tegata.policy.Statement.Effect;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// IAM's rule for issuers that many tenants share: a trust policy must say whose tokens it means.
///
/// IAM asks it when a role is created and when its trust policy is changed, and never again of a
/// policy that is stored. It asks little: `StringLike` with `?*` passes. Each statement that lets
/// web identities in is judged by itself.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html>
public final class SharedIssuers {
  private static final String ACTION = Statement.fold("sts:AssumeRoleWithWebIdentity");
  private static final String GITHUB = "token.actions.githubusercontent.com";
  private static final String COGNITO = "cognito-identity.amazonaws.com";
  private static final Set<Comparison> ACCEPTED =
      Set.of(
          Comparison.STRING_EQUALS, Comparison.STRING_LIKE, Comparison.STRING_EQUALS_IGNORE_CASE);
  private static final Map<String, List<String>> KEYS = read();

  private SharedIssuers() {}

  private static Map<String, List<String>> read() {
    try (InputStream in = SharedIssuers.class.getResourceAsStream("/policy/shared-issuers.tsv")) {
      if (in == null) {
        throw new IllegalStateException("shared-issuers.tsv is missing");
      }
      Map<String, List<String>> keys = new LinkedHashMap<>();
      new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .skip(1)
          .map(line -> line.split("\t", -1))
          .forEach(row -> keys.put(row[0], List.of(row[1].split(" "))));
      return keys;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What IAM answers when `trust` lets in the tokens of a shared issuer without asking whose they
  /// are; empty when there is nothing to object to.
  public static Optional<String> objection(Policy trust) {
    return trust.statements().stream()
        .filter(statement -> statement.effect() == Effect.ALLOW)
        .filter(statement -> statement.actions().cover(ACTION))
        .flatMap(statement ->
            statement.principals().names().stream()
                .flatMap(name -> objection(statement, name).stream()))
        .findFirst();
  }

  private static Optional<String> objection(Statement statement, Name name) {
    if (!(name instanceof Name.Federated(var provider))) {
      return Optional.empty();
    }
    String url =
        provider.substring(provider.indexOf(":oidc-provider/") < 0 ? 0 : urlStart(provider));
    String issuer = url.equals(GITHUB) || url.startsWith(GITHUB + "/") ? GITHUB : url;
    if (!KEYS.containsKey(issuer)) {
      return Optional.empty();
    }
    if (issuer.equals(COGNITO) && statement.conditions().isEmpty()) {
      return Optional.of("A condition block must be present for the Cognito provider");
    }
    List<String> keys =
        KEYS.getOrDefault(issuer, List.of()).stream()
            .map(key -> key.indexOf(':') >= 0 ? key : url + ":" + key)
            .toList();
    Predicate<String> open =
        issuer.equals(GITHUB)
            ? value -> value.startsWith("*") || value.isBlank()
            : value -> value.equals("*");
    return evaluates(statement, keys, open)
        ? Optional.empty()
        : Optional.of(
            "Trust policy with trusted principal %s must evaluate, using StringEquals, StringLike or StringEqualsIgnoreCase, %s which is not scoped to all."
                .formatted(provider, String.join(" or ", keys)));
  }

  private static int urlStart(String provider) {
    String kind = ":oidc-provider/";
    return provider.indexOf(kind) + kind.length();
  }

  /// Whether one operator's block tests a key of `keys`, and none that it tests is open to all.
  private static boolean evaluates(Statement statement, List<String> keys, Predicate<String> open) {
    return statement.conditions().stream()
        .filter(condition -> ACCEPTED.contains(condition.operator().comparison()))
        .filter(condition -> !condition.operator().ifExists())
        .filter(condition -> keys.stream().anyMatch(condition.key()::equalsIgnoreCase))
        .collect(Collectors.groupingBy(Condition::operator))
        .values()
        .stream()
        .anyMatch(block -> block.stream().noneMatch(c -> c.values().stream().anyMatch(open)));
  }
}
