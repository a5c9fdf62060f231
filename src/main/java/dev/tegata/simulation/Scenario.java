package dev.tegata.simulation;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.aws.IamError.InvalidInput;
import dev.tegata.aws.Refusal;
import dev.tegata.policy.Context;
import dev.tegata.policy.NamedPolicy;
import dev.tegata.policy.Policy;
import dev.tegata.policy.PolicyFault;
import dev.tegata.policy.PolicyKind;
import dev.tegata.policy.PolicySet;
import dev.tegata.simulation.SourcePolicy.SourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.iam.model.SimulateCustomPolicyRequest;

/// Everything that stays the same while a simulation goes through its actions and resources.
///
/// `organization` holds service control policies by level, from the root to the account; `owner` is
/// whose the resources are that name no account. No resource at all means [Arn#EVERY].
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html>
public record Scenario(
    Attached attached,
    Optional<SourcePolicy> resourcePolicy,
    List<List<NamedPolicy>> organization,
    SimulatedCaller caller,
    Optional<AccountId> owner,
    GivenContext given,
    List<Arn> resources) {

  /// The policies of an identity, and the one that bounds it.
  public record Attached(List<SourcePolicy> identity, Optional<SourcePolicy> boundary) {
    public static final Attached NONE = new Attached(List.of(), Optional.empty());

    public Attached {
      identity = List.copyOf(identity);
    }
  }

  public Scenario {
    organization = organization.stream().map(List::copyOf).toList();
    resources = List.copyOf(resources);
  }

  /// Reads a request that comes from `account` and is about an identity with `attached`.
  ///
  /// @throws Refusal when a part of it makes no sense
  public static Scenario of(
      SimulateCustomPolicyRequest request, Attached attached, AccountId account) {
    requireActions(request.actionNames());
    List<Arn> resources = resources(request.resourceArns());
    GivenContext given = GivenContext.of(request.contextEntries());
    SimulatedCaller caller =
        request.callerArn() == null
            ? SimulatedCaller.unnamed(account)
            : SimulatedCaller.of(
                EntityArn.parse(request.callerArn())
                    .orElseThrow(() ->
                        invalid(
                            "Invalid caller - Caller must be an IAM user, role or group in this"
                                + " context.")));
    return new Scenario(
        new Attached(
            Stream.concat(attached.identity().stream(), inputs(request.policyInputList()).stream())
                .toList(),
            boundary(request.permissionsBoundaryPolicyInputList()).or(attached::boundary)),
        resourcePolicy(request, caller, resources),
        organization(request),
        caller,
        Optional.ofNullable(request.resourceOwner()).map(Scenario::owner),
        given,
        resources);
  }

  private static void requireActions(List<String> actions) {
    for (String action : actions) {
      if (action.indexOf(':') < 0) {
        throw invalid("The action is invalid since it is missing names");
      }
    }
  }

  private static List<Arn> resources(List<String> texts) {
    if (texts.isEmpty() || texts.equals(List.of("*"))) {
      return List.of(Arn.EVERY);
    }
    return texts.stream().map(Scenario::resource).toList();
  }

  private static Arn resource(String text) {
    try {
      return Arn.parse(text);
    } catch (IllegalArgumentException _) {
      throw invalid("ResourceNames are not in a valid ARN format: " + text + ".");
    }
  }

  /// The policies that a request brings for the identity.
  public static List<SourcePolicy> inputs(List<String> documents) {
    List<SourcePolicy> policies = new ArrayList<>();
    for (String document : documents) {
      String id = "PolicyInputList." + (policies.size() + 1);
      policies.add(SourcePolicy.of(SourceType.IDENTITY, id, permissions(document)));
    }
    return policies;
  }

  private static Optional<SourcePolicy> boundary(List<String> documents) {
    if (documents.size() > 1) {
      throw invalid("at most one permissions boundary policy, not " + documents.size());
    }
    return documents.stream()
        .map(document ->
            SourcePolicy.of(
                SourceType.BOUNDARY, "PermissionsBoundaryPolicyInputList.1", permissions(document)))
        .findFirst();
  }

  private static Optional<SourcePolicy> resourcePolicy(
      SimulateCustomPolicyRequest request, SimulatedCaller caller, List<Arn> resources) {
    if (request.resourcePolicy() == null) {
      return Optional.empty();
    }
    if (!caller.isNamed()) {
      throw invalid("Invalid caller - Caller cannot be null or empty.");
    }
    if (resources.contains(Arn.EVERY)) {
      throw invalid("Invalid Entity Arn: * does not clearly define entity type and name.");
    }
    boolean roles =
        resources.stream()
            .allMatch(arn -> arn.service().equals("iam") && arn.resource().startsWith("role/"));
    Policy policy = read(roles ? PolicyKind.TRUST : PolicyKind.RESOURCE, request.resourcePolicy());
    if (policy.statements().stream().anyMatch(s -> s.resources().texts().contains("*"))) {
      throw invalid("ResourceNames are not in a valid ARN format: *.");
    }
    return Optional.of(SourcePolicy.of(SourceType.RESOURCE, "ResourcePolicy", policy));
  }

  private static List<List<NamedPolicy>> organization(SimulateCustomPolicyRequest request) {
    return request.orderedOrganizationPolicyInputList().stream()
        .map(level ->
            level.serviceControlPolicyInputList().stream()
                .map(json -> new NamedPolicy("service control policy", permissions(json)))
                .toList())
        .toList();
  }

  private static AccountId owner(String text) {
    try {
      Arn arn = Arn.parse(text);
      if (arn.service().equals("iam")) {
        return new AccountId(arn.account());
      }
    } catch (IllegalArgumentException _) {
      // refused below, like other ARNs
    }
    throw invalid("'" + text + "' is not a valid as a Resource Owner.");
  }

  /// Reads a policy of permissions. It is not to be saved, so it need not meet what IAM asks of
  /// policies at save alone: the session kind is read that way.
  private static Policy permissions(String document) {
    return read(PolicyKind.SESSION, document);
  }

  private static Policy read(PolicyKind kind, String document) {
    try {
      return Policy.parse(kind, document);
    } catch (PolicyFault e) {
      throw invalid(e.message());
    }
  }

  private static Refusal invalid(String message) {
    return new Refusal(new InvalidInput(message));
  }

  /// The context that the policies see; what the request gives goes before what is known of the
  /// caller.
  Context context() {
    return Context.builder().putAll(caller.context()).putAll(given.context()).build();
  }

  /// Whether another account's policy has a say on `resource`.
  boolean isCrossAccount(Arn resource) {
    AccountId account =
        resource.account().matches("[0-9]{12}")
            ? new AccountId(resource.account())
            : owner.orElse(caller.account());
    return resourcePolicy.isPresent() && !account.equals(caller.account());
  }

  /// All policies that decide, ready to be asked often.
  PolicySet policySet() {
    PolicySet set =
        PolicySet.identity(attached.identity().stream().map(SourcePolicy::named).toList())
            .withServiceControl(organization);
    if (attached.boundary().isPresent()) {
      set = set.withBoundary(attached.boundary().get().named());
    }
    if (resourcePolicy.isPresent()) {
      set = set.withResource(resourcePolicy.get().named());
    }
    return set.prepared();
  }

  /// The policies whose statements an answer tells of.
  Stream<SourcePolicy> sources() {
    return Stream.of(
            attached.identity().stream(), resourcePolicy.stream(), attached.boundary().stream())
        .flatMap(policies -> policies);
  }
}
