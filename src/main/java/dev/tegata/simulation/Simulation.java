package dev.tegata.simulation;

import static software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType.ALLOWED;
import static software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType.EXPLICIT_DENY;
import static software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType.IMPLICIT_DENY;

import dev.tegata.arn.Arn;
import dev.tegata.policy.Context;
import dev.tegata.policy.Decision;
import dev.tegata.policy.Evaluation;
import dev.tegata.policy.NamedPolicy;
import dev.tegata.policy.PolicySet;
import dev.tegata.policy.Request;
import dev.tegata.policy.Statement.Effect;
import dev.tegata.simulation.SourcePolicy.SourceType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;
import software.amazon.awssdk.services.iam.model.Statement;

/// Asks a [Scenario] about one action after the other.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html>
public final class Simulation {
  private final Scenario scenario;
  private final PolicySet policies;
  private final PolicySet policiesAcross;
  private final Context context;
  private final List<String> missing;

  public Simulation(Scenario scenario) {
    this.scenario = scenario;
    this.policies = scenario.policySet();
    this.policiesAcross = policies.acrossAccounts();
    this.context = scenario.context();
    SortedSet<String> missing = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    scenario.sources().forEach(p -> missing.addAll(p.policy().contextKeys()));
    missing.removeAll(scenario.given().names());
    this.missing = List.copyOf(missing);
  }

  /// What the policies say of `action` on each of the scenario's resources, and on all together.
  public EvaluationResult evaluate(String action) {
    List<Outcome> outcomes = new ArrayList<>();
    for (Arn resource : scenario.resources()) {
      outcomes.add(outcome(action, resource));
    }
    return new Outcomes(outcomes).result(action);
  }

  private Outcome outcome(String action, Arn resource) {
    Request request = new Request(scenario.caller().principal(), action, resource, context);
    PolicyEvaluationDecisionType organization = organization(request);
    if (organization != ALLOWED) {
      return Outcome.ofOrganization(resource, organization);
    }
    boolean across = scenario.isCrossAccount(resource);
    PolicyEvaluationDecisionType decision =
        type(Evaluation.decide(request, across ? policiesAcross : policies));
    Optional<PolicyEvaluationDecisionType> boundary =
        scenario.attached().boundary().map(policy -> policy.verdict(request));
    return new Outcome(
        resource,
        decision,
        matched(request, decision),
        decision == IMPLICIT_DENY ? missing : List.of(),
        boundary.map(ALLOWED::equals),
        scenario.organization().isEmpty() ? Optional.empty() : Optional.of(true),
        across ? details(request, boundary) : Map.of());
  }

  private static PolicyEvaluationDecisionType type(Decision decision) {
    return switch (decision) {
      case Decision.Allowed _ -> ALLOWED;
      case Decision.ExplicitlyDenied _ -> EXPLICIT_DENY;
      case Decision.ImplicitlyDenied _ -> IMPLICIT_DENY;
    };
  }

  /// Each level must allow; without levels nothing stands in the way.
  private PolicyEvaluationDecisionType organization(Request request) {
    PolicyEvaluationDecisionType strictest = ALLOWED;
    for (List<NamedPolicy> level : scenario.organization()) {
      strictest =
          Outcomes.stricter(
              strictest, SourcePolicy.verdict(request, level.stream().map(NamedPolicy::policy)));
    }
    return strictest;
  }

  /// The statements that decide: those that deny, or those that allow; a boundary grants nothing.
  private List<Statement> matched(Request request, PolicyEvaluationDecisionType decision) {
    if (decision == IMPLICIT_DENY) {
      return List.of();
    }
    Effect effect = decision == ALLOWED ? Effect.ALLOW : Effect.DENY;
    return scenario
        .sources()
        .filter(policy -> effect == Effect.DENY || policy.type() != SourceType.BOUNDARY)
        .flatMap(policy -> policy.matched(request, effect))
        .toList();
  }

  private Map<String, PolicyEvaluationDecisionType> details(
      Request request, Optional<PolicyEvaluationDecisionType> boundary) {
    Map<String, PolicyEvaluationDecisionType> details = new LinkedHashMap<>();
    details.put(
        SourceType.IDENTITY.toString(),
        SourcePolicy.verdict(
            request, scenario.attached().identity().stream().map(p -> p.policy())));
    scenario
        .resourcePolicy()
        .ifPresent(policy -> details.put(SourceType.RESOURCE.toString(), policy.verdict(request)));
    boundary.ifPresent(verdict -> details.put(SourceType.BOUNDARY.toString(), verdict));
    return details;
  }
}
