package dev.tegata.iam;

import dev.tegata.arn.Arn;
import dev.tegata.authorization.Call;
import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.IamError.InvalidInput;
import dev.tegata.aws.QueryOperation;
import dev.tegata.aws.Refusal;
import dev.tegata.entity.IdentityAccess;
import dev.tegata.entity.IdentityAccess.Asked;
import dev.tegata.entity.IdentityKind;
import dev.tegata.entity.Page;
import dev.tegata.entity.Page.Wanted;
import dev.tegata.simulation.EntityArn;
import dev.tegata.simulation.Scenario;
import dev.tegata.simulation.Scenario.Attached;
import dev.tegata.simulation.Simulation;
import dev.tegata.simulation.SourcePolicy;
import dev.tegata.simulation.SourcePolicy.SourceType;
import dev.tegata.store.Entity.Identity;
import dev.tegata.store.Entity.User;
import dev.tegata.store.Identities;
import dev.tegata.store.IdentityStore;
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
  private final IdentityStore store;

  PolicySimulation(IdentityStore store) {
    this.store = store;
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
    return switch (entity.kind()) {
      case "role" -> attached(entity, call, new Source<>(action, IdentityKind.ROLE));
      case "user" -> attached(entity, call, new Source<>(action, IdentityKind.USER));
      default -> attached(entity, call, new Source<>(action, IdentityKind.GROUP));
    };
  }

  private record Source<I extends Identity<I>>(String action, IdentityKind<I> kind) {}

  private <I extends Identity<I>> Attached attached(EntityArn entity, Call call, Source<I> source) {
    IdentityAccess<I> access = new IdentityAccess<>(store, source.kind());
    return attached(access.read(Asked.of(call, source.action(), entity.name())), store.now());
  }

  /// The policies of `identity` as a simulation names them: inline ones with their owner, managed
  /// ones without their path. As with requests, one whose boundary cannot be found may do nothing.
  private static Attached attached(Identity<?> identity, Identities now) {
    Arn boundary = identity.permissions().boundary();
    if (boundary == null) {
      return new Attached(policies(identity, now), Optional.empty());
    }
    return managed(SourceType.BOUNDARY, boundary, now)
        .map(found -> new Attached(policies(identity, now), Optional.of(found)))
        .orElse(Attached.NONE);
  }

  private static List<SourcePolicy> policies(Identity<?> identity, Identities now) {
    List<SourcePolicy> policies = new ArrayList<>(own(identity, now));
    if (identity instanceof User user) {
      user.groups().stream()
          .flatMap(group -> now.group(group).stream())
          .forEach(group -> policies.addAll(own(group, now)));
    }
    return policies;
  }

  private static List<SourcePolicy> own(Identity<?> identity, Identities now) {
    List<SourcePolicy> policies = new ArrayList<>();
    String noun = identity.arn().resource().substring(0, identity.arn().resource().indexOf('/'));
    identity
        .permissions()
        .inline()
        .forEach((name, policy) ->
            policies.add(
                SourcePolicy.of(
                    SourceType.IDENTITY,
                    "%s_%s_%s".formatted(noun, identity.name(), name),
                    policy)));
    identity
        .permissions()
        .attached()
        .forEach(arn -> managed(SourceType.IDENTITY, arn, now).ifPresent(policies::add));
    return policies;
  }

  private static Optional<SourcePolicy> managed(SourceType type, Arn arn, Identities now) {
    String name = arn.resource().substring(arn.resource().lastIndexOf('/') + 1);
    return now.inForce(arn).map(found -> SourcePolicy.of(type, name, found.policy()));
  }
}
