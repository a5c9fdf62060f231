package dev.tegata.policy;

import static dev.tegata.policy.PolicyKind.BOUNDARY;
import static dev.tegata.policy.PolicyKind.IDENTITY;
import static dev.tegata.policy.PolicyKind.RESOURCE;
import static dev.tegata.policy.PolicyKind.RESOURCE_CONTROL;
import static dev.tegata.policy.PolicyKind.SERVICE_CONTROL;
import static dev.tegata.policy.PolicyKind.SESSION;

import dev.tegata.policy.Principals.Reach;
import dev.tegata.policy.Statement.Effect;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The evaluation order read straight from the guide, statement by statement and without an index.
/// What the real one is compared with.
final class PlainEvaluation {
  private static final JsonMapper JSON = new JsonMapper();

  private final Request request;
  private final PolicySet policies;

  PlainEvaluation(Request request, PolicySet policies) {
    this.request = request;
    this.policies = policies;
  }

  boolean allows() {
    if (policies.parts().stream()
        .anyMatch(part -> bearing(part, Effect.DENY).findAny().isPresent())) {
      return false;
    }
    if (!policies.serviceControl().isEmpty() && !allowedBy(SERVICE_CONTROL)) {
      return false;
    }
    if (!policies.resourceControl().isEmpty() && !allowedBy(RESOURCE_CONTROL)) {
      return false;
    }
    Reach grant =
        of(RESOURCE)
            .flatMap(part -> bearing(part, Effect.ALLOW))
            .map(statement -> statement.principals().reach(request.principal(), Effect.ALLOW))
            .max(Comparator.naturalOrder())
            .orElse(Reach.NONE);
    boolean limits =
        (policies.boundary().isEmpty() || allowedBy(BOUNDARY))
            && (policies.session().isEmpty() || allowedBy(SESSION));
    if (!request.principal().hasIdentity()) {
      return grant != Reach.NONE;
    }
    if (policies.crossAccount()) {
      return grant != Reach.NONE && allowedBy(IDENTITY) && limits;
    }
    return grant == Reach.CALLER || ((grant == Reach.ROLE || allowedBy(IDENTITY)) && limits);
  }

  private Stream<PolicySet.Part> of(PolicyKind kind) {
    return policies.parts().stream().filter(part -> part.kind() == kind);
  }

  private boolean allowedBy(PolicyKind kind) {
    return of(kind).anyMatch(part -> bearing(part, Effect.ALLOW).findAny().isPresent());
  }

  private Stream<Statement> bearing(PolicySet.Part part, Effect effect) {
    Policy policy = part.policy().policy();
    JsonNode documents = JSON.readTree(policy.toJson()).get("Statement");
    return policy.statements().stream()
        .filter(statement -> statement.effect() == effect)
        .filter(
            statement -> statement.principals().reach(request.principal(), effect) != Reach.NONE)
        .filter(statement ->
            new PlainStatement(documents.get(statement.index()), policy.hasVariables(), request)
                .concerns());
  }

  /// The first statement of `effect` that bears on the request, in the order of the parts.
  Optional<StatementId> first(Effect effect) {
    List<PolicySet.Part> parts = policies.parts();
    return parts.stream()
        .flatMap(part -> bearing(part, effect).map(statement -> statement.in(part.policy().name())))
        .findFirst();
  }
}
