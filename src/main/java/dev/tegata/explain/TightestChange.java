package dev.tegata.explain;

import dev.tegata.policy.Condition;
import dev.tegata.policy.Decision;
import dev.tegata.policy.Decision.ImplicitlyDenied;
import dev.tegata.policy.Evaluation;
import dev.tegata.policy.NamedPolicy;
import dev.tegata.policy.Policy;
import dev.tegata.policy.PolicyFault;
import dev.tegata.policy.PolicyKind;
import dev.tegata.policy.PolicySet;
import dev.tegata.policy.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What to add to which policy so that a refused request is allowed, and no other.
///
/// A deny is not argued with: where a statement denies, there is no change.
public final class TightestChange {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MAX_CHANGES = 8;

  private final Request request;
  private final List<Change> changes = new ArrayList<>();
  private PolicySet policies;

  /// A statement, as JSON, to add to a policy of `kind`; `policy` is empty when there is none yet.
  public record Change(PolicyKind kind, String policy, String statement) {}

  /// The changes in the order in which they are needed, and the policies as they would be. Service
  /// and resource control policies are then left out: their levels are not ours to write.
  public record Result(List<Change> changes, PolicySet policies) {
    public Result {
      changes = List.copyOf(changes);
    }
  }

  private TightestChange(Request request, PolicySet policies) {
    this.request = request;
    this.policies = policies;
  }

  /// The changes that would admit `request`; none when it is allowed, denied, or when no statement
  /// could say it.
  static Result admitting(Request request, PolicySet policies) {
    return admitting(request, policies, Evaluation.decide(request, policies));
  }

  /// The same, where `first` is what `policies` said of `request`.
  static Result admitting(Request request, PolicySet policies, Decision first) {
    TightestChange change = new TightestChange(request, policies);
    Result none = new Result(List.of(), policies);
    Decision decision = first;
    for (int i = 0; i <= MAX_CHANGES; i++) {
      if (decision.isAllowed()) {
        return new Result(change.changes, change.policies);
      }
      if (!(decision instanceof ImplicitlyDenied(var kind)) || !change.add(kind)) {
        return none;
      }
      decision = Evaluation.decide(request, change.policies);
    }
    return none;
  }

  private boolean add(PolicyKind kind) {
    List<PolicySet.Part> parts =
        policies.parts().stream().filter(part -> part.kind() == kind).toList();
    List<Trace> traces = parts.stream().map(part -> Trace.of(part, request)).toList();
    Optional<NearestMiss> nearest = NearestMiss.of(traces, kind, request);
    List<Condition> asked =
        nearest.map(miss -> miss.statement().statement().conditions()).orElse(List.of());
    Optional<ObjectNode> statement = ExactStatement.of(request, kind, asked);
    if (statement.isEmpty()) {
      return false;
    }
    String policy =
        nearest
            .map(miss -> miss.statement().id().policy())
            .orElse(parts.isEmpty() ? "" : parts.getFirst().policy().name());
    Change change =
        new Change(
            kind,
            policy,
            JSON.writerWithDefaultPrettyPrinter().writeValueAsString(statement.get()));
    if (changes.contains(change)) {
      return false; // it did not help
    }
    changes.add(change);
    try {
      apply(kind, policy, statement.get());
      return true;
    } catch (PolicyFault _) {
      return false; // the policy cannot hold the values, such as letters beyond U+00FF
    }
  }

  private void apply(PolicyKind kind, String policy, ObjectNode statement) {
    policies =
        switch (kind) {
          case IDENTITY -> policies.withIdentity(extended(kind, policy, statement));
          case SESSION -> policies.withSession(extended(kind, policy, statement));
          case TRUST, RESOURCE ->
              policies.withResource(extended(kind, policy, statement).getFirst());
          case BOUNDARY -> policies.withBoundary(extended(kind, policy, statement).getFirst());
          case SERVICE_CONTROL -> policies.withServiceControl(List.of());
          case RESOURCE_CONTROL -> policies.withResourceControl(List.of());
        };
  }

  /// The policies of `kind`, of which the one called `name` has one statement more.
  private List<NamedPolicy> extended(PolicyKind kind, String name, ObjectNode statement) {
    List<NamedPolicy> extended = new ArrayList<>();
    boolean done = false;
    for (PolicySet.Part part : policies.parts()) {
      if (part.kind() == kind) {
        boolean here = !done && part.policy().name().equals(name);
        extended.add(here ? extended(part.policy(), statement) : part.policy());
        done = done || here;
      }
    }
    if (!done) {
      ObjectNode document = JSON.createObjectNode().put("Version", "2012-10-17");
      document.set("Statement", statement);
      extended.add(new NamedPolicy(name, Policy.parse(kind, document.toString())));
    }
    return extended;
  }

  private static NamedPolicy extended(NamedPolicy named, ObjectNode statement) {
    ObjectNode document = (ObjectNode) JSON.readTree(named.policy().toJson());
    JsonNode before = document.get("Statement");
    ArrayNode statements = document.putArray("Statement");
    if (before instanceof ArrayNode list) {
      statements.addAll(list);
    } else {
      statements.add(before);
    }
    statements.add(statement);
    return new NamedPolicy(named.name(), Policy.parse(named.policy().kind(), document.toString()));
  }
}
