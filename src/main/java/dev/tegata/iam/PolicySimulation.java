package dev.tegata.iam;

import dev.tegata.arn.Arn;
import dev.tegata.authorization.Call;
import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.IamError.InvalidInput;
import dev.tegata.aws.IamError.NoSuchEntity;
import dev.tegata.aws.QueryOperation;
import dev.tegata.aws.Refusal;
import dev.tegata.iam.Page.Wanted;
import dev.tegata.iam.RoleAccess.Asked;
import dev.tegata.simulation.EntityArn;
import dev.tegata.simulation.Scenario;
import dev.tegata.simulation.Scenario.Attached;
import dev.tegata.simulation.Simulation;
import dev.tegata.simulation.SourcePolicy;
import dev.tegata.simulation.SourcePolicy.SourceType;
import dev.tegata.store.Identities;
import dev.tegata.store.IdentityStore;
import dev.tegata.store.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.GetContextKeysForCustomPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetContextKeysForCustomPolicyResponse;
import software.amazon.awssdk.services.iam.model.GetContextKeysForPrincipalPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetContextKeysForPrincipalPolicyResponse;
import software.amazon.awssdk.services.iam.model.SimulateCustomPolicyRequest;
import software.amazon.awssdk.services.iam.model.SimulateCustomPolicyResponse;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyRequest;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyResponse;

/// What policies would say of requests that nobody has made, and which condition keys they read.
///
/// A page of results is a page of actions; each has the results of all its resources.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html>
public final class PolicySimulation {
  private final RoleAccess roles;

  PolicySimulation(IdentityStore store) {
    this.roles = new RoleAccess(store);
  }

  List<QueryOperation<Call, ?, ?>> operations() {
    return List.of(
        QueryOperation.of(
            "SimulateCustomPolicy", SimulateCustomPolicyRequest::builder, this::simulateCustom),
        QueryOperation.of(
            "SimulatePrincipalPolicy",
            SimulatePrincipalPolicyRequest::builder,
            this::simulatePrincipal),
        QueryOperation.of(
            "GetContextKeysForCustomPolicy",
            GetContextKeysForCustomPolicyRequest::builder,
            this::customKeys),
        QueryOperation.of(
            "GetContextKeysForPrincipalPolicy",
            GetContextKeysForPrincipalPolicyRequest::builder,
            this::principalKeys));
  }

  public SimulateCustomPolicyResponse simulateCustom(
      SimulateCustomPolicyRequest request, Call call) {
    call.require(new Access("iam:SimulateCustomPolicy", Arn.EVERY));
    Page<EvaluationResult> page = simulate(request, Attached.NONE, call);
    return SimulateCustomPolicyResponse.builder()
        .evaluationResults(page.items())
        .isTruncated(page.isTruncated())
        .marker(page.marker())
        .build();
  }

  public SimulatePrincipalPolicyResponse simulatePrincipal(
      SimulatePrincipalPolicyRequest request, Call call) {
    Attached attached = attached(request.policySourceArn(), call, "iam:SimulatePrincipalPolicy");
    if (request.hasPolicyExclusionList()) {
      throw new Refusal(
          new InvalidInput("policies cannot be left out: PolicyExclusionList is not known here"));
    }
    Page<EvaluationResult> page = simulate(custom(request), attached, call);
    return SimulatePrincipalPolicyResponse.builder()
        .evaluationResults(page.items())
        .isTruncated(page.isTruncated())
        .marker(page.marker())
        .build();
  }

  /// The same request, for policies that are already at hand. Who calls is the source of the
  /// policies, unless somebody else is named.
  private static SimulateCustomPolicyRequest custom(SimulatePrincipalPolicyRequest request) {
    return SimulateCustomPolicyRequest.builder()
        .policyInputList(request.policyInputList())
        .permissionsBoundaryPolicyInputList(request.permissionsBoundaryPolicyInputList())
        .actionNames(request.actionNames())
        .resourceArns(request.resourceArns())
        .resourcePolicy(request.resourcePolicy())
        .resourceOwner(request.resourceOwner())
        .callerArn(Optional.ofNullable(request.callerArn()).orElse(request.policySourceArn()))
        .contextEntries(request.contextEntries())
        .resourceHandlingOption(request.resourceHandlingOption())
        .marker(request.marker())
        .maxItems(request.maxItems())
        .build();
  }

  private static Page<EvaluationResult> simulate(
      SimulateCustomPolicyRequest request, Attached attached, Call call) {
    Simulation simulation = new Simulation(Scenario.of(request, attached, call.account()));
    Page<String> actions =
        Page.inOrder(request.actionNames(), new Wanted(request.marker(), request.maxItems()));
    return new Page<>(
        actions.items().stream().map(simulation::evaluate).toList(), actions.marker());
  }

  public GetContextKeysForCustomPolicyResponse customKeys(
      GetContextKeysForCustomPolicyRequest request, Call call) {
    call.require(new Access("iam:GetContextKeysForCustomPolicy", Arn.EVERY));
    return GetContextKeysForCustomPolicyResponse.builder()
        .contextKeyNames(keys(Scenario.inputs(request.policyInputList()).stream()))
        .build();
  }

  public GetContextKeysForPrincipalPolicyResponse principalKeys(
      GetContextKeysForPrincipalPolicyRequest request, Call call) {
    Attached attached =
        attached(request.policySourceArn(), call, "iam:GetContextKeysForPrincipalPolicy");
    return GetContextKeysForPrincipalPolicyResponse.builder()
        .contextKeyNames(
            keys(
                Stream.of(
                        attached.identity().stream(),
                        attached.boundary().stream(),
                        Scenario.inputs(request.policyInputList()).stream())
                    .flatMap(policies -> policies)))
        .build();
  }

  private static List<String> keys(Stream<SourcePolicy> policies) {
    SortedSet<String> keys = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    policies.forEach(source -> keys.addAll(source.policy().contextKeys()));
    return List.copyOf(keys);
  }

  /// The policies of the identity called `text`, for a caller who may see them.
  private Attached attached(String text, Call call, String action) {
    EntityArn entity =
        EntityArn.parse(text)
            .orElseThrow(() ->
                new Refusal(
                    new InvalidInput(
                        "Invalid Entity Arn: "
                            + text
                            + " does not clearly define entity type and name.")));
    if (!entity.account().equals(call.account())) {
      throw new Refusal(
          new InvalidInput(
              "the policy source is of account %s, not of the caller's account %s"
                  .formatted(entity.account(), call.account())));
    }
    if (!entity.kind().equals("role")) {
      call.require(new Access(action, entity.arn()));
      throw new Refusal(
          new NoSuchEntity(
              "The %s with name %s cannot be found.".formatted(entity.kind(), entity.name())));
    }
    Asked asked = Asked.of(call, action, entity.name());
    roles.require(asked);
    Identities now = roles.store().now();
    return attached(RoleAccess.find(now, asked), now);
  }

  /// The policies of `role` as a simulation names them: inline ones with their owner, managed ones
  /// without their path. As with requests, one whose boundary cannot be found may do nothing.
  private static Attached attached(Role role, Identities now) {
    Arn boundary = role.permissions().boundary();
    if (boundary == null) {
      return new Attached(identity(role, now), Optional.empty());
    }
    return managed(SourceType.BOUNDARY, boundary, now)
        .map(found -> new Attached(identity(role, now), Optional.of(found)))
        .orElse(Attached.NONE);
  }

  private static List<SourcePolicy> identity(Role role, Identities now) {
    List<SourcePolicy> policies = new ArrayList<>();
    role.permissions()
        .inline()
        .forEach((name, policy) ->
            policies.add(
                SourcePolicy.of(
                    SourceType.IDENTITY, "role_%s_%s".formatted(role.name(), name), policy)));
    role.permissions()
        .attached()
        .forEach(arn -> managed(SourceType.IDENTITY, arn, now).ifPresent(policies::add));
    return policies;
  }

  private static Optional<SourcePolicy> managed(SourceType type, Arn arn, Identities now) {
    String name = arn.resource().substring(arn.resource().lastIndexOf('/') + 1);
    return now.inForce(arn).map(found -> SourcePolicy.of(type, name, found.policy()));
  }
}
