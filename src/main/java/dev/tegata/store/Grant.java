package dev.tegata.store;

import dev.tegata.arn.Arn;
import dev.tegata.policy.AwsManagedPolicies;
import dev.tegata.policy.NamedPolicy;
import dev.tegata.policy.PolicySet;
import dev.tegata.store.Lookup.EntityKey;
import dev.tegata.store.Role.Permissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a role may do, ready to be asked, and the managed policies that it was made from, whether
/// or not they were there. `characters` is about how much memory it takes.
record Grant(PolicySet policies, Set<EntityKey> from, int characters) {
  /// What a role may do that is not there.
  static final Grant NOTHING = new Grant(PolicySet.identity(List.of()), Set.of(), 0);

  Grant {
    from = Set.copyOf(from);
  }

  /// What `role` may do, where `managed` are the policies in force that it refers to, but for those
  /// of AWS that are known here. A role whose boundary cannot be found may do nothing.
  static Grant of(Role role, Map<Arn, NamedPolicy> managed) {
    Permissions permissions = role.permissions();
    List<NamedPolicy> identity = new ArrayList<>();
    permissions.inline().forEach((name, policy) -> identity.add(new NamedPolicy(name, policy)));
    permissions.attached().forEach(arn -> inForce(arn, managed).ifPresent(identity::add));
    Set<EntityKey> from = new HashSet<>();
    permissions.attached().forEach(arn -> from.add(Identities.key(arn)));
    Arn boundary = permissions.boundary();
    Optional<PolicySet> set = Optional.of(PolicySet.identity(identity));
    if (boundary != null) {
      from.add(Identities.key(boundary));
      set = inForce(boundary, managed).map(PolicySet.identity(identity)::withBoundary);
    }
    return new Grant(
        set.map(PolicySet::prepared).orElse(NOTHING.policies), from, characters(identity));
  }

  private static Optional<NamedPolicy> inForce(Arn arn, Map<Arn, NamedPolicy> managed) {
    return Optional.ofNullable(managed.get(arn)).or(() -> AwsManagedPolicies.find(arn));
  }

  private static int characters(List<NamedPolicy> policies) {
    return policies.stream().mapToInt(policy -> policy.policy().toJson().length()).sum();
  }
}
