package dev.tegata.simulation;

import dev.tegata.policy.Evaluation;
import dev.tegata.policy.NamedPolicy;
import dev.tegata.policy.Policy;
import dev.tegata.policy.Request;
import dev.tegata.policy.Statement.Effect;
import dev.tegata.simulation.StatementSpans.Span;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;
import software.amazon.awssdk.services.iam.model.Statement;

/// A policy that takes part in a simulation, under the name that the answer gives it.
public final class SourcePolicy {
  private final SourceType type;
  private final NamedPolicy named;
  private final List<Statement> statements;

  /// What a policy is to the simulation, in the words of its answers. They are not those of the
  /// model's enumeration, which AWS does not keep to.
  public enum SourceType {
    IDENTITY("IAM Policy"),
    RESOURCE("Resource Policy"),
    BOUNDARY("Permissions Boundary Policy");

    private final String text;

    SourceType(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private SourcePolicy(SourceType type, NamedPolicy named) {
    this.type = type;
    this.named = named;
    this.statements = StatementSpans.of(named.policy()).stream().map(this::statement).toList();
  }

  public static SourcePolicy of(SourceType type, String id, Policy policy) {
    return new SourcePolicy(type, new NamedPolicy(id, policy));
  }

  private Statement statement(Span span) {
    return Statement.builder()
        .sourcePolicyId(named.name())
        .sourcePolicyType(type.toString())
        .startPosition(span.start())
        .endPosition(span.end())
        .build();
  }

  SourceType type() {
    return type;
  }

  /// The policy itself.
  public Policy policy() {
    return named.policy();
  }

  NamedPolicy named() {
    return named;
  }

  /// Its statements of `effect` that bear on `request`, as an answer tells of them.
  Stream<Statement> matched(Request request, Effect effect) {
    return Evaluation.bearing(request, named.policy()).stream()
        .filter(statement -> statement.effect() == effect)
        .map(statement -> statements.get(statement.index()));
  }

  /// What this policy says, no other being asked.
  PolicyEvaluationDecisionType verdict(Request request) {
    return verdict(request, Stream.of(named.policy()));
  }

  /// What policies of one type say, no other being asked.
  static PolicyEvaluationDecisionType verdict(Request request, Stream<Policy> policies) {
    List<Effect> effects =
        policies
            .flatMap(policy -> Evaluation.bearing(request, policy).stream())
            .map(dev.tegata.policy.Statement::effect)
            .toList();
    if (effects.contains(Effect.DENY)) {
      return PolicyEvaluationDecisionType.EXPLICIT_DENY;
    }
    return effects.contains(Effect.ALLOW)
        ? PolicyEvaluationDecisionType.ALLOWED
        : PolicyEvaluationDecisionType.IMPLICIT_DENY;
  }
}
