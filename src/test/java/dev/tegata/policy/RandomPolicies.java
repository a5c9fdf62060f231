package dev.tegata.policy;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import dev.tegata.policy.RequestPrincipal.RoleSession;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Policies and requests from small vocabularies, so that they meet often.
final class RandomPolicies {
  private static final AccountId ACCOUNT = new AccountId("123456789012");
  private static final Arn SESSION = Arn.assumedRole(ACCOUNT, "deploy", "run");
  private static final Arn ROLE = Arn.iam(ACCOUNT, "role/deploy");
  private static final List<String> ACTIONS =
      List.of("s3:GetObject", "s3:GetObjectAcl", "s3:PutObject", "s3:ListBucket", "iam:GetRole");
  private static final List<String> PATTERNS =
      List.of(
          "*", "s3:*", "s3:Get*", "s3:*Object", "S3:getobject", "iam:G?tRole", "s3:P*", "iam:*");
  private static final List<String> RESOURCES =
      List.of("arn:aws:s3:::a/x", "arn:aws:s3:::a/x/y", "arn:aws:s3:::b/x", "arn:aws:s3:::a");
  private static final List<String> RESOURCE_PATTERNS =
      List.of(
          "*",
          "arn:aws:s3:::*",
          "arn:aws:s3:::a/*",
          "arn:aws:s3:::a/x",
          "arn:aws:s3:::?/x",
          "arn:aws:s3:::*/y",
          "arn:aws:s3:::${test:One}/x");
  private static final List<String> OPERATORS =
      List.of(
          "StringEquals",
          "StringNotEquals",
          "StringLike",
          "StringEqualsIfExists",
          "ForAnyValue:StringEquals",
          "ForAllValues:StringLike",
          "ForAllValues:StringNotEquals",
          "Null");
  private static final List<String> VALUES = List.of("a", "b", "a*", "${test:One}", "true");
  private static final List<String> PRINCIPALS =
      List.of(
          "\"*\"",
          "{\"AWS\": \"*\"}",
          "{\"AWS\": \"123456789012\"}",
          "{\"AWS\": \"" + ROLE + "\"}",
          "{\"AWS\": \"" + SESSION + "\"}",
          "{\"AWS\": \"210987654321\"}");

  private final RandomGenerator random;

  RandomPolicies(RandomGenerator random) {
    this.random = random;
  }

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private String some(List<String> of) {
    return IntStream.rangeClosed(0, random.nextInt(3))
        .mapToObj(_ -> "\"" + any(of) + "\"")
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /// A statement of a policy of `kind`, as JSON.
  String statement(PolicyKind kind) {
    String principal =
        kind.namesPrincipals()
            ? "\"%sPrincipal\": %s, "
                .formatted(random.nextInt(5) == 0 ? "Not" : "", any(PRINCIPALS))
            : "";
    String condition =
        random.nextBoolean()
            ? ""
            : ", \"Condition\": {\"%s\": {\"test:%s\": %s}}"
                .formatted(any(OPERATORS), any(List.of("One", "Many", "None")), values());
    return "{\"Effect\": \"%s\", %s\"%sAction\": %s, \"%sResource\": %s%s}"
        .formatted(
            random.nextInt(4) == 0 ? "Deny" : "Allow",
            principal,
            random.nextInt(6) == 0 ? "Not" : "",
            some(PATTERNS),
            random.nextInt(6) == 0 ? "Not" : "",
            some(RESOURCE_PATTERNS),
            condition);
  }

  private String values() {
    return some(VALUES);
  }

  List<String> statements(PolicyKind kind) {
    return IntStream.rangeClosed(0, random.nextInt(4)).mapToObj(_ -> statement(kind)).toList();
  }

  /// Reads `statements` as a policy; a literal that its operator does not take is left to session
  /// policies, which may hold it.
  static Policy policy(PolicyKind kind, List<String> statements) {
    String json =
        "{\"Version\": \"2012-10-17\", \"Statement\": [" + String.join(", ", statements) + "]}";
    return Policy.parse(kind.namesPrincipals() ? kind : PolicyKind.SESSION, json);
  }

  List<NamedPolicy> policies(PolicyKind kind) {
    List<NamedPolicy> policies = new ArrayList<>();
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      policies.add(new NamedPolicy(kind + " " + i, policy(kind, statements(kind))));
    }
    return policies;
  }

  /// A set in which each part is there or not.
  PolicySet set() {
    PolicySet set = PolicySet.identity(policies(PolicyKind.IDENTITY));
    if (random.nextBoolean()) {
      set = set.withResource(resource());
    }
    if (random.nextInt(3) == 0) {
      Policy boundary = policy(PolicyKind.BOUNDARY, statements(PolicyKind.BOUNDARY));
      set = set.withBoundary(new NamedPolicy("boundary", boundary));
    }
    if (random.nextInt(3) == 0) {
      set = set.withSession(policies(PolicyKind.SESSION));
    }
    if (random.nextInt(4) == 0) {
      set = set.withServiceControl(List.of(policies(PolicyKind.SERVICE_CONTROL)));
    }
    return random.nextInt(5) == 0 ? set.acrossAccounts() : set;
  }

  /// A saved policy must give `Null` its own literals, so the resource's goes without it.
  private NamedPolicy resource() {
    List<String> statements =
        statements(PolicyKind.RESOURCE).stream()
            .map(statement -> statement.replace("\"Null\"", "\"StringNotLike\""))
            .toList();
    return new NamedPolicy("resource", policy(PolicyKind.RESOURCE, statements));
  }

  Request request() {
    Context.Builder context = Context.builder();
    if (random.nextBoolean()) {
      context.put("test:One", any(VALUES));
    }
    if (random.nextBoolean()) {
      context.putAll("test:Many", random.nextBoolean() ? List.of() : List.of(any(VALUES), "b"));
    }
    return new Request(
        new RoleSession(SESSION, ROLE, new UniqueId("AROARZPUZDIKN6CMBN2XT"), "run", ACCOUNT),
        any(ACTIONS),
        Arn.parse(any(RESOURCES)),
        context.build());
  }
}
