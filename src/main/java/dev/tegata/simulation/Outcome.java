package dev.tegata.simulation;

import dev.tegata.arn.Arn;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.iam.model.PermissionsBoundaryDecisionDetail;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;
import software.amazon.awssdk.services.iam.model.ResourceSpecificResult;
import software.amazon.awssdk.services.iam.model.Statement;

/// What the policies say of one action on one resource.
///
/// `boundary` and `organization` tell whether those would allow it, if there are such; `details`
/// are the verdicts by type of policy, and empty within one account.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ResourceSpecificResult.html>
record Outcome(
    Arn resource,
    PolicyEvaluationDecisionType decision,
    List<Statement> matched,
    List<String> missing,
    Optional<Boolean> boundary,
    Optional<Boolean> organization,
    Map<String, PolicyEvaluationDecisionType> details) {

  /// An organization's refusal, which ends the matter: no other policy is told of.
  static Outcome ofOrganization(Arn resource, PolicyEvaluationDecisionType decision) {
    return new Outcome(
        resource, decision, List.of(), List.of(), Optional.empty(), Optional.of(false), Map.of());
  }

  static PermissionsBoundaryDecisionDetail detail(boolean allowed) {
    return PermissionsBoundaryDecisionDetail.builder()
        .allowedByPermissionsBoundary(allowed)
        .build();
  }

  /// The answer's part for this resource. What is empty is left out, as AWS does here.
  ResourceSpecificResult result() {
    ResourceSpecificResult.Builder result =
        ResourceSpecificResult.builder()
            .evalResourceName(resource.toString())
            .evalResourceDecision(decision);
    boundary.map(Outcome::detail).ifPresent(result::permissionsBoundaryDecisionDetail);
    if (!matched.isEmpty()) {
      result.matchedStatements(matched);
    }
    if (!missing.isEmpty()) {
      result.missingContextValues(missing);
    }
    if (!details.isEmpty()) {
      result.evalDecisionDetails(details);
    }
    return result.build();
  }
}
