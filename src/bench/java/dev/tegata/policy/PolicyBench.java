package dev.tegata.policy;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import dev.tegata.explain.Explanation;
import dev.tegata.policy.RequestPrincipal.RoleSession;
import dev.tegata.policy.RequestPrincipal.WebIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What a decision costs: for roles with few and with many statements, for a trust policy, and what
/// reading and explaining cost beside it. Run with `-prof gc` for what is allocated.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PolicyBench {
  private static final AccountId ACCOUNT = new AccountId("123456789012");
  private static final String ISSUER = "token.actions.githubusercontent.com";

  /// The policies of a role: how many, and how many statements each has.
  @State(Scope.Benchmark)
  public static class Role {
    @Param({"1x5", "10x5", "100x5", "20x500", "1000x10"})
    public String policies = "1x5";

    private PolicySet set = PolicySet.identity(List.of());

    @Setup
    public void prepare() {
      int times = policies.indexOf('x');
      int count = Integer.parseInt(policies.substring(0, times));
      int statements = Integer.parseInt(policies.substring(times + 1));
      set = PolicySet.identity(policies(count, statements)).prepared();
    }
  }

  private static final Request REQUEST =
      new Request(
          new RoleSession(
              Arn.assumedRole(ACCOUNT, "deploy", "run"),
              Arn.iam(ACCOUNT, "role/deploy"),
              new UniqueId("AROARZPUZDIKN6CMBN2XT"),
              "run",
              ACCOUNT),
          "s3:GetObject",
          Arn.object("bucket-3", "releases/tool.tar.gz"),
          Context.builder()
              .put("aws:SecureTransport", "true")
              .put("aws:SourceIp", "203.0.113.7")
              .put("aws:PrincipalArn", "arn:aws:iam::123456789012:role/deploy")
              .put("aws:username", "alice")
              .build());

  private final String document = document(0, 40);
  private final String longest = document(0, 700);
  private final PolicySet ofLongest =
      PolicySet.identity(
          List.of(new NamedPolicy("longest", Policy.parse(PolicyKind.SESSION, longest))));
  private final List<NamedPolicy> ten = policies(10, 5);
  private final NamedPolicy trust = new NamedPolicy("trust", trust());
  private final Request exchange = exchange("repo:octo-org/octo-repo:ref:refs/heads/main");
  private final Request refused = exchange("repo:octo-org@1/octo-repo@2:ref:refs/heads/main");

  private static Request exchange(String subject) {
    return new Request(
        new WebIdentity(Arn.iam(ACCOUNT, "oidc-provider/" + ISSUER)),
        "sts:AssumeRoleWithWebIdentity",
        Arn.iam(ACCOUNT, "role/deploy"),
        Context.builder()
            .put(ISSUER + ":aud", "sts.amazonaws.com")
            .put(ISSUER + ":sub", subject)
            .build());
  }

  /// Statements on buckets of their own: `bucket-<first>` and the following.
  private static String document(int first, int statements) {
    StringBuilder json = new StringBuilder("{\"Version\": \"2012-10-17\", \"Statement\": [");
    for (int i = first; i < first + statements; i++) {
      json.append(i == first ? "" : ", ")
          .append(
              """
              {"Effect": "Allow", "Action": ["s3:Get*", "s3:List*"],
               "Resource": ["arn:aws:s3:::bucket-%1$d", "arn:aws:s3:::bucket-%1$d/*"],
               "Condition": {"Bool": {"aws:SecureTransport": "true"}}}
              """
                  .formatted(i));
    }
    return json.append("]}").toString();
  }

  private static List<NamedPolicy> policies(int count, int statements) {
    List<NamedPolicy> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(new NamedPolicy("policy " + i, policy(i * statements, statements)));
    }
    return all;
  }

  private static Policy policy(int first, int statements) {
    return Policy.parse(PolicyKind.IDENTITY, document(first, statements));
  }

  private static Policy trust() {
    return Policy.parse(
        PolicyKind.TRUST,
        """
        {"Version": "2012-10-17", "Statement": {
          "Effect": "Allow",
          "Principal": {"Federated": "arn:aws:iam::123456789012:oidc-provider/%1$s"},
          "Action": "sts:AssumeRoleWithWebIdentity",
          "Condition": {
            "StringEquals": {"%1$s:aud": "sts.amazonaws.com"},
            "StringLike": {"%1$s:sub": "repo:octo-org/octo-repo:*"}}}}
        """
            .formatted(ISSUER));
  }

  @Benchmark
  public Decision decide(Role role) {
    return Evaluation.decide(REQUEST, role.set);
  }

  /// With the set made for this one decision of ten policies, as where nothing keeps it.
  @Benchmark
  public Decision decideUnprepared() {
    return Evaluation.decide(REQUEST, PolicySet.identity(ten));
  }

  @Benchmark
  public Decision decideTrust() {
    return Evaluation.decide(exchange, PolicySet.trust(trust));
  }

  @Benchmark
  public Policy readSixKilobytes() {
    return Policy.parse(PolicyKind.IDENTITY, document);
  }

  /// A policy as long as any operation takes, 128 KiB.
  @Benchmark
  public Policy readLongest() {
    return Policy.parse(PolicyKind.SESSION, longest);
  }

  @Benchmark
  public Decision decideLongest() {
    return Evaluation.decide(REQUEST, ofLongest);
  }

  @Benchmark
  public String explain() {
    return Explanation.of(exchange, PolicySet.trust(trust)).text();
  }

  /// Of a refusal: what came closest, and what to write instead.
  @Benchmark
  public String explainRefusal() {
    return Explanation.of(refused, PolicySet.trust(trust)).text();
  }
}
