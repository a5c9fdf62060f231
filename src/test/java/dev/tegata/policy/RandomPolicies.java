package dev.tegata.policy;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import dev.tegata.policy.RequestPrincipal.RoleSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Policies and requests from small vocabularies, so that they meet often.
final class RandomPolicies {
  private static final AccountId ACCOUNT = new AccountId("123456789012");
  private static final Arn SESSION = Arn.assumedRole(ACCOUNT, "deploy", "run");
  private static final Arn ROLE = Arn.iam(ACCOUNT, "role/deploy");
  private static final Arn USER = Arn.iam(ACCOUNT, "user/alice");
  private static final Arn PROVIDER = Arn.iam(ACCOUNT, "oidc-provider/host");
  private static final List<RequestPrincipal> CALLERS =
      List.of(
          new RoleSession(SESSION, ROLE, new UniqueId("AROARZPUZDIKN6CMBN2XT"), "run", ACCOUNT),
          new RequestPrincipal.User(USER, new UniqueId("AIDARZPUZDIKN6CMBN2XT"), ACCOUNT),
          new RequestPrincipal.Root(ACCOUNT),
          new RequestPrincipal.Service("logs.amazonaws.com"),
          new RequestPrincipal.WebIdentity(PROVIDER),
          new RequestPrincipal.Anonymous());
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
          "arn:aws:s3:::${test:One}/x",
          "arn:aws:s3:::${TEST:one, 'a'}/*",
          "arn:aws:s3:::${test:Many}/x",
          "arn:aws:s3:::a/${*}",
          "arn:*:s3::*:a/x",
          "arn:aws:s3::?*:*",
          "arn:aws:ec2");
  private static final List<String> COMPARISONS =
      List.of(
          "StringEquals",
          "StringNotEquals",
          "StringEqualsIgnoreCase",
          "StringNotEqualsIgnoreCase",
          "StringLike",
          "StringNotLike",
          "NumericEquals",
          "NumericNotEquals",
          "NumericLessThan",
          "NumericGreaterThanEquals",
          "Bool");
  private static final List<String> QUANTIFIERS = List.of("", "", "ForAnyValue:", "ForAllValues:");
  private static final List<String> VALUES =
      List.of(
          "a",
          "b",
          "A",
          "a*",
          "*",
          "?",
          "",
          "1",
          "+01.0",
          "-2",
          "${test:One}",
          "${test:none, 'a'}",
          "${test:None}",
          "${*}",
          "${test:Many}",
          "x${test:One}*",
          "${test:One",
          "true",
          "False");
  private static final List<String> FOUND =
      List.of("a", "b", "A", "a*", "*", "", "1", "3", "-2.5", "true", "FALSE", "${test:One}", "xa");
  private static final List<String> PRINCIPALS =
      List.of(
          "\"*\"",
          "{\"AWS\": \"*\"}",
          "{\"AWS\": \"123456789012\"}",
          "{\"AWS\": \"" + ROLE + "\"}",
          "{\"AWS\": \"" + SESSION + "\"}",
          "{\"AWS\": \"210987654321\"}",
          "{\"AWS\": [\"" + USER + "\", \"" + ROLE + "\"]}",
          "{\"AWS\": \"AROARZPUZDIKN6CMBN2XT:run\"}",
          "{\"Service\": \"logs.amazonaws.com\"}",
          "{\"Federated\": \"" + PROVIDER + "\"}");

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
    boolean control = kind == PolicyKind.RESOURCE_CONTROL;
    String principal =
        control
            ? "\"Principal\": \"*\", "
            : kind.namesPrincipals()
                ? "\"%sPrincipal\": %s, ".formatted(not(5), any(PRINCIPALS))
                : "";
    return "{\"Effect\": \"%s\", %s\"%sAction\": %s, \"%sResource\": %s%s}"
        .formatted(
            random.nextInt(4) == 0 ? "Deny" : "Allow",
            principal,
            control ? "" : not(6),
            some(PATTERNS),
            not(6),
            some(RESOURCE_PATTERNS),
            random.nextBoolean() ? "" : ", \"Condition\": " + conditions());
  }

  private String not(int times) {
    return random.nextInt(times) == 0 ? "Not" : "";
  }

  /// One or two operators, with one or two keys each.
  private String conditions() {
    Set<String> operators = new TreeSet<>();
    for (int i = 0; i <= random.nextInt(2); i++) {
      operators.add(operator());
    }
    return operators.stream()
        .map(operator -> "\"%s\": %s".formatted(operator, keys(operator)))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private String operator() {
    return random.nextInt(8) == 0
        ? "Null"
        : any(QUANTIFIERS) + any(COMPARISONS) + (random.nextInt(4) == 0 ? "IfExists" : "");
  }

  private String keys(String operator) {
    Set<String> keys = new TreeSet<>();
    for (int i = 0; i <= random.nextInt(2); i++) {
      keys.add(any(List.of("test:One", "test:Many", "test:None")));
    }
    return keys.stream()
        .map(key ->
            "\"%s\": %s"
                .formatted(
                    random.nextBoolean() ? key : key.toUpperCase(Locale.ROOT),
                    operator.equals("Null") || operator.contains("Bool")
                        ? "\"" + random.nextBoolean() + "\""
                        : operator.contains("Numeric")
                            ? some(List.of("1", "+01.0", "-2", "3"))
                            : some(VALUES)))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  List<String> statements(PolicyKind kind) {
    return IntStream.rangeClosed(0, random.nextInt(4)).mapToObj(_ -> statement(kind)).toList();
  }

  /// Reads `statements` as a policy of the current version. Those that do not name principals are
  /// read as session policies, which may be of either version.
  static Policy policy(PolicyKind kind, List<String> statements) {
    return policy(kind, statements, "\"Version\": \"2012-10-17\", ");
  }

  private static Policy policy(PolicyKind kind, List<String> statements, String version) {
    String json = "{" + version + "\"Statement\": [" + String.join(", ", statements) + "]}";
    return Policy.parse(kind.namesPrincipals() ? kind : PolicyKind.SESSION, json);
  }

  private Policy policyOfAnyVersion(PolicyKind kind) {
    String version =
        any(
            List.of(
                "\"Version\": \"2012-10-17\", ",
                "\"Version\": \"2012-10-17\", ",
                "\"Version\": \"2008-10-17\", ",
                ""));
    return policy(kind, statements(kind), version);
  }

  List<NamedPolicy> policies(PolicyKind kind) {
    List<NamedPolicy> policies = new ArrayList<>();
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      policies.add(new NamedPolicy(kind + " " + i, policyOfAnyVersion(kind)));
    }
    return policies;
  }

  /// A set in which each part is there or not.
  PolicySet set() {
    PolicySet set = PolicySet.identity(policies(PolicyKind.IDENTITY));
    if (random.nextBoolean()) {
      set = set.withResource(new NamedPolicy("resource", policyOfAnyVersion(PolicyKind.RESOURCE)));
    }
    if (random.nextInt(3) == 0) {
      Policy boundary = policyOfAnyVersion(PolicyKind.BOUNDARY);
      set = set.withBoundary(new NamedPolicy("boundary", boundary));
    }
    if (random.nextInt(3) == 0) {
      set = set.withSession(policies(PolicyKind.SESSION));
    }
    if (random.nextInt(4) == 0) {
      set = set.withServiceControl(List.of(policies(PolicyKind.SERVICE_CONTROL)));
    }
    if (random.nextInt(4) == 0) {
      set = set.withResourceControl(List.of(policies(PolicyKind.RESOURCE_CONTROL)));
    }
    return random.nextInt(5) == 0 ? set.acrossAccounts() : set;
  }

  /// A request of somebody whom identity policies speak for, or not.
  Request request() {
    return request(random.nextBoolean() ? CALLERS.getFirst() : any(CALLERS));
  }

  Request sessionRequest() {
    return request(CALLERS.getFirst());
  }

  private Request request(RequestPrincipal caller) {
    Context.Builder context = Context.builder();
    if (random.nextBoolean()) {
      context.put("test:One", any(FOUND));
    }
    if (random.nextBoolean()) {
      context.putAll(
          "test:Many", random.nextBoolean() ? List.of() : List.of(any(FOUND), any(FOUND)));
    }
    return new Request(caller, any(ACTIONS), Arn.parse(any(RESOURCES)), context.build());
  }
}
