package dev.tegata.simulation;

import static software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType.ALLOWED;
import static software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType.EXPLICIT_DENY;
import static software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType.IMPLICIT_DENY;

import dev.tegata.arn.Arn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.OrganizationsDecisionDetail;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;

/// What the policies say of one action on all resources of a simulation. The strictest decision is
/// that of all.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html>
record Outcomes(List<Outcome> outcomes) {

  /// The stricter of two decisions.
  static PolicyEvaluationDecisionType stricter(
      PolicyEvaluationDecisionType a, PolicyEvaluationDecisionType b) {
    for (PolicyEvaluationDecisionType strict : List.of(EXPLICIT_DENY, IMPLICIT_DENY)) {
      if (a == strict || b == strict) {
        return strict;
      }
    }
    return ALLOWED;
  }

  /// The answer for `action`. The resources are told of one by one where any is named.
  EvaluationResult result(String action) {
    PolicyEvaluationDecisionType decision =
        outcomes.stream().map(Outcome::decision).reduce(ALLOWED, Outcomes::stricter);
    EvaluationResult.Builder result =
        EvaluationResult.builder()
            .evalActionName(action)
            .evalResourceName(name())
            .evalDecision(decision)
            .matchedStatements(
                outcomes.stream()
                    .filter(one -> decision != EXPLICIT_DENY || one.decision() == EXPLICIT_DENY)
                    .flatMap(one -> one.matched().stream())
                    .distinct()
                    .toList())
            .missingContextValues(
                outcomes.stream().flatMap(one -> one.missing().stream()).distinct().toList());
    all(Outcome::boundary)
        .map(Outcome::detail)
        .ifPresent(result::permissionsBoundaryDecisionDetail);
    all(Outcome::organization)
        .map(allowed -> OrganizationsDecisionDetail.builder().allowedByOrganizations(allowed))
        .ifPresent(detail -> result.organizationsDecisionDetail(detail.build()));
    if (!outcomes.getFirst().resource().equals(Arn.EVERY)) {
      result
          .evalDecisionDetails(details())
          .resourceSpecificResults(outcomes.stream().map(Outcome::result).toList());
    }
    return result.build();
  }

  /// The one resource, or `*` for several, as AWS says it of actions whose resources it does not
  /// know.
  private String name() {
    return outcomes.size() == 1 ? outcomes.getFirst().resource().toString() : Arn.EVERY.toString();
  }

  private Optional<Boolean> all(Function<Outcome, Optional<Boolean>> detail) {
    return outcomes.stream().map(detail).flatMap(Optional::stream).reduce((a, b) -> a && b);
  }

  private Map<String, PolicyEvaluationDecisionType> details() {
    Map<String, PolicyEvaluationDecisionType> details = new LinkedHashMap<>();
    outcomes.stream()
        .flatMap(one -> one.details().entrySet().stream())
        .forEach(one -> details.merge(one.getKey(), one.getValue(), Outcomes::stricter));
    return details;
  }
}
