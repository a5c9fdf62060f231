package dev.tegata.store;

import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import dev.tegata.policy.AwsManagedPolicies;
import dev.tegata.policy.NamedPolicy;
import dev.tegata.policy.PolicySet;
import dev.tegata.store.Entity.Group;
import dev.tegata.store.Entity.Identity;
import dev.tegata.store.Entity.User;
import dev.tegata.store.Lookup.EntityKey;
import dev.tegata.store.Role.Permissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/// What a role or a user may do, ready to be asked, and what it was made from: managed policies,
/// whether or not they were there, and groups. `characters` is about how much memory it takes.
record Grant(PolicySet policies, Set<EntityKey> from, Set<UniqueId> groups, int characters) {
  /// What somebody may do who is not there.
  static final Grant NOTHING = new Grant(PolicySet.identity(List.of()), Set.of(), Set.of(), 0);

  private static final String OF_ROLE =
      "select 'role' as kind, '' as arn, body from role where id = :id"
          + " union all select 'customer', p.arn, p.body from role r"
          + " join attachment a on a.account_id = r.account_id and a.role = r.name"
          + " join managed_policy p on p.arn = a.policy where r.id = :id"
          + " union all select 'aws', p.arn, p.document from role r"
          + " join attachment a on a.account_id = r.account_id and a.role = r.name"
          + " join aws_managed_policy p on p.arn = a.policy where r.id = :id";

  private static final String OF_USER =
      "select 'user' as kind, '' as arn, body from iam_user where id = :id"
          + " union all select 'group', g.id, g.body from membership m"
          + " join iam_group g on g.id = m.group_id where m.user_id = :id"
          + " union all select 'customer', p.arn, p.body from identity_attachment a"
          + " join managed_policy p on p.arn = a.policy where a.identity_id = :id"
          + " or a.identity_id in (select group_id from membership where user_id = :id)"
          + " union all select 'aws', p.arn, p.document from identity_attachment a"
          + " join aws_managed_policy p on p.arn = a.policy where a.identity_id = :id"
          + " or a.identity_id in (select group_id from membership where user_id = :id)";

  Grant {
    from = Set.copyOf(from);
    groups = Set.copyOf(groups);
  }

  /// What the role or user of that id may do. One query, so that it and its policies are of one
  /// state.
  static Grant read(Handle handle, UniqueId id) {
    boolean isUser = id.is(UniqueId.Kind.AIDA);
    Map<String, Map<String, String>> bodies =
        handle
            .createQuery(isUser ? OF_USER : OF_ROLE)
            .bind("id", id.text())
            .map((row, _) ->
                List.of(row.getString("kind"), row.getString("arn"), row.getString("body")))
            .stream()
            .collect(
                Collectors.groupingBy(
                    List::getFirst,
                    Collectors.toMap(row -> row.get(1), List::getLast, (one, _) -> one)));
    Map<Arn, NamedPolicy> managed = managed(bodies);
    List<Group> groups =
        bodies.getOrDefault("group", Map.of()).values().stream()
            .map(body -> EntityJson.read(Group.class, body))
            .sorted(Comparator.comparing(Group::key))
            .toList();
    return Stream.concat(
            bodies.getOrDefault("role", Map.of()).values().stream()
                .map(body -> EntityJson.read(Role.class, body)),
            bodies.getOrDefault("user", Map.of()).values().stream()
                .map(body -> EntityJson.read(User.class, body)))
        .findFirst()
        .map(identity -> of(identity, groups, managed))
        .orElse(NOTHING);
  }

  private static Map<Arn, NamedPolicy> managed(Map<String, Map<String, String>> bodies) {
    Map<Arn, NamedPolicy> managed = new HashMap<>();
    bodies
        .getOrDefault("customer", Map.of())
        .values()
        .forEach(body -> {
          ManagedPolicy policy = EntityJson.read(ManagedPolicy.class, body);
          managed.put(policy.arn(), policy.named());
        });
    bodies
        .getOrDefault("aws", Map.of())
        .forEach(
            (arn, document) -> managed.put(Arn.parse(arn), IdentityRows.awsPolicy(arn, document)));
    return managed;
  }

  /// What `identity`, who is in `groups`, may do, where `managed` are the policies in force that
  /// they refer to, but for those of AWS that are known here. Whose boundary cannot be found may do
  /// nothing.
  private static Grant of(Identity<?> identity, List<Group> groups, Map<Arn, NamedPolicy> managed) {
    List<NamedPolicy> policies = new ArrayList<>();
    Set<EntityKey> from = new HashSet<>();
    for (Identity<?> each : Stream.concat(Stream.of(identity), groups.stream()).toList()) {
      Permissions permissions = each.permissions();
      permissions.inline().forEach((name, policy) -> policies.add(new NamedPolicy(name, policy)));
      permissions.attached().forEach(arn -> inForce(arn, managed).ifPresent(policies::add));
      permissions.attached().forEach(arn -> from.add(Identities.key(arn)));
    }
    Arn boundary = identity.permissions().boundary();
    Optional<PolicySet> set = Optional.of(PolicySet.identity(policies));
    if (boundary != null) {
      from.add(Identities.key(boundary));
      set = inForce(boundary, managed).map(PolicySet.identity(policies)::withBoundary);
    }
    return new Grant(
        set.map(PolicySet::prepared).orElse(NOTHING.policies),
        from,
        groups.stream().map(Group::id).collect(Collectors.toSet()),
        characters(policies));
  }

  private static Optional<NamedPolicy> inForce(Arn arn, Map<Arn, NamedPolicy> managed) {
    return Optional.ofNullable(managed.get(arn)).or(() -> AwsManagedPolicies.find(arn));
  }

  private static int characters(List<NamedPolicy> policies) {
    return policies.stream().mapToInt(policy -> policy.policy().toJson().length()).sum();
  }
}
