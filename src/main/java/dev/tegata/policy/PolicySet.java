package dev.tegata.policy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The policies that bear on a request, each in its part.
///
/// A set is made for a caller and a resource. One that is kept and asked again should be
/// [#prepared]: its decisions then take no longer for many policies than for few.
public final class PolicySet {
  private static final PolicySet EMPTY =
      new PolicySet(
          List.of(),
          List.of(),
          Optional.empty(),
          Layer.of(PolicyKind.IDENTITY, List.of()),
          Optional.empty(),
          Optional.empty(),
          false);

  private final List<Layer> serviceControl;
  private final List<Layer> resourceControl;
  private final Optional<Layer> resource;
  private final Layer identity;
  private final Optional<Layer> boundary;
  private final Optional<Layer> session;
  private final boolean crossAccount;

  /// Policies that play one part, of which one must allow.
  record Layer(PolicyKind kind, List<NamedPolicy> policies, List<StatementIndex> indexes) {

    static Layer of(PolicyKind kind, List<NamedPolicy> policies) {
      return new Layer(
          kind,
          List.copyOf(policies),
          policies.stream().map(named -> named.policy().index()).toList());
    }

    private Layer prepared() {
      return policies.size() < 2
          ? this
          : new Layer(
              kind,
              policies,
              List.of(
                  StatementIndex.of(
                      policies.stream().map(named -> named.policy().statements()).toList())));
    }
  }

  private PolicySet(
      List<Layer> serviceControl,
      List<Layer> resourceControl,
      Optional<Layer> resource,
      Layer identity,
      Optional<Layer> boundary,
      Optional<Layer> session,
      boolean crossAccount) {
    this.serviceControl = serviceControl;
    this.resourceControl = resourceControl;
    this.resource = resource;
    this.identity = identity;
    this.boundary = boundary;
    this.session = session;
    this.crossAccount = crossAccount;
  }

  /// What a role or user may do. For an account's root, give it a policy that allows all.
  public static PolicySet identity(List<NamedPolicy> policies) {
    return EMPTY.withIdentity(policies);
  }

  /// The trust policy alone: all there is for the bearer of an ID token.
  public static PolicySet trust(NamedPolicy policy) {
    return EMPTY.withResource(policy);
  }

  /// A resource's policy alone.
  public static PolicySet resource(NamedPolicy policy) {
    return EMPTY.withResource(policy);
  }

  public PolicySet withIdentity(List<NamedPolicy> policies) {
    Layer layer = Layer.of(PolicyKind.IDENTITY, policies);
    return new PolicySet(
        serviceControl, resourceControl, resource, layer, boundary, session, crossAccount);
  }

  /// Adds the policy of the resource; for a role that is to be assumed, its trust policy.
  public PolicySet withResource(NamedPolicy policy) {
    Optional<Layer> layer = Optional.of(Layer.of(policy.policy().kind(), List.of(policy)));
    return new PolicySet(
        serviceControl, resourceControl, layer, identity, boundary, session, crossAccount);
  }

  public PolicySet withBoundary(NamedPolicy policy) {
    Optional<Layer> layer = Optional.of(Layer.of(PolicyKind.BOUNDARY, List.of(policy)));
    return new PolicySet(
        serviceControl, resourceControl, resource, identity, layer, session, crossAccount);
  }

  /// Limits the caller to what one of `policies` allows; an empty list allows nothing.
  public PolicySet withSession(List<NamedPolicy> policies) {
    Optional<Layer> layer = Optional.of(Layer.of(PolicyKind.SESSION, policies));
    return new PolicySet(
        serviceControl, resourceControl, resource, identity, boundary, layer, crossAccount);
  }

  /// Adds the service control policies, a list for each level from the organization's root to the
  /// caller's account. Each level must allow.
  public PolicySet withServiceControl(List<List<NamedPolicy>> levels) {
    List<Layer> layers = layers(PolicyKind.SERVICE_CONTROL, levels);
    return new PolicySet(
        layers, resourceControl, resource, identity, boundary, session, crossAccount);
  }

  /// Adds the resource control policies, a list for each level from the organization's root to the
  /// resource's account. Each level must allow.
  public PolicySet withResourceControl(List<List<NamedPolicy>> levels) {
    List<Layer> layers = layers(PolicyKind.RESOURCE_CONTROL, levels);
    return new PolicySet(
        serviceControl, layers, resource, identity, boundary, session, crossAccount);
  }

  /// Says that caller and resource belong to different accounts: both sides must allow.
  public PolicySet acrossAccounts() {
    return new PolicySet(
        serviceControl, resourceControl, resource, identity, boundary, session, true);
  }

  /// The same set, with one index over the policies of each part.
  public PolicySet prepared() {
    return new PolicySet(
        serviceControl.stream().map(Layer::prepared).toList(),
        resourceControl.stream().map(Layer::prepared).toList(),
        resource,
        identity.prepared(),
        boundary,
        session.map(Layer::prepared),
        crossAccount);
  }

  private static List<Layer> layers(PolicyKind kind, List<List<NamedPolicy>> levels) {
    return levels.stream().map(policies -> Layer.of(kind, policies)).toList();
  }

  /// A policy and the part that it plays, which need not be the kind it was read as: a managed
  /// policy can be a boundary.
  public record Part(PolicyKind kind, NamedPolicy policy) {}

  /// Every policy of the set, in the order in which a deny is looked for.
  public List<Part> parts() {
    return Stream.of(
            serviceControl.stream(),
            resourceControl.stream(),
            resource.stream(),
            Stream.of(identity),
            boundary.stream(),
            session.stream())
        .flatMap(layers -> layers)
        .flatMap(layer -> layer.policies().stream().map(policy -> new Part(layer.kind(), policy)))
        .toList();
  }

  List<Layer> serviceControl() {
    return serviceControl;
  }

  List<Layer> resourceControl() {
    return resourceControl;
  }

  Optional<Layer> resource() {
    return resource;
  }

  Layer identity() {
    return identity;
  }

  Optional<Layer> boundary() {
    return boundary;
  }

  Optional<Layer> session() {
    return session;
  }

  boolean crossAccount() {
    return crossAccount;
  }
}
