package dev.tegata.store;

import dev.tegata.arn.Arn;
import dev.tegata.policy.Principals.Name;
import dev.tegata.store.Role.Permissions;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/// The tables that tell which roles refer to a policy or to another role, so that nobody need look
/// through all roles. They follow from the roles, and are written with them.
final class RoleReferences {
  private final Handle handle;
  private final Role role;

  /// The references of `role`; where it is replaced, those of any of the two: only the name counts.
  RoleReferences(Handle handle, Role role) {
    this.handle = handle;
    this.role = role;
  }

  /// Brings the tables from what follows from `before` to what follows from `after`.
  void change(Optional<Role> before, Optional<Role> after) {
    change(
        attached(before),
        attached(after),
        policy -> attach(policy, false),
        policy -> detach(policy, false));
    change(
        boundary(before),
        boundary(after),
        policy -> attach(policy, true),
        policy -> detach(policy, true));
    change(trusted(before), trusted(after), this::trust, this::distrust);
  }

  private interface Writing {
    void write(String arn);
  }

  private static void change(Set<String> before, Set<String> after, Writing add, Writing remove) {
    before.stream().filter(arn -> !after.contains(arn)).forEach(remove::write);
    after.stream().filter(arn -> !before.contains(arn)).forEach(add::write);
  }

  private static Set<String> attached(Optional<Role> role) {
    return texts(role.map(Role::permissions).stream().flatMap(each -> each.attached().stream()));
  }

  private static Set<String> boundary(Optional<Role> role) {
    return texts(role.map(Role::permissions).map(Permissions::boundary).stream());
  }

  private static Set<String> trusted(Optional<Role> role) {
    return texts(
        role.map(Role::trust).stream()
            .flatMap(trust -> trust.statements().stream())
            .flatMap(statement -> statement.principals().names().stream())
            .flatMap(name -> name instanceof Name.Entity(var arn) ? Stream.of(arn) : Stream.empty())
            .filter(arn -> arn.service().equals("iam") && arn.resource().startsWith("role/")));
  }

  private static Set<String> texts(Stream<Arn> arns) {
    return arns.map(Arn::toString).collect(Collectors.toSet());
  }

  private void attach(String policy, boolean asBoundary) {
    handle.execute(
        "insert into attachment (account_id, role, policy, is_boundary) values (?, ?, ?, ?)",
        role.account().digits(),
        role.key(),
        policy,
        asBoundary ? 1 : 0);
    handle.execute(
        "insert into policy_usage (account_id, policy, attachments, boundaries)"
            + " values (?, ?, ?, ?) on conflict (account_id, policy) do update set"
            + " attachments = policy_usage.attachments + excluded.attachments,"
            + " boundaries = policy_usage.boundaries + excluded.boundaries",
        role.account().digits(),
        policy,
        asBoundary ? 0 : 1,
        asBoundary ? 1 : 0);
  }

  private void detach(String policy, boolean asBoundary) {
    handle.execute(
        "delete from attachment"
            + " where account_id = ? and role = ? and policy = ? and is_boundary = ?",
        role.account().digits(),
        role.key(),
        policy,
        asBoundary ? 1 : 0);
    handle.execute(
        "update policy_usage set attachments = attachments - ?, boundaries = boundaries - ?"
            + " where account_id = ? and policy = ?",
        asBoundary ? 0 : 1,
        asBoundary ? 1 : 0,
        role.account().digits(),
        policy);
    handle.execute(
        "delete from policy_usage where account_id = ? and policy = ?"
            + " and attachments = 0 and boundaries = 0",
        role.account().digits(),
        policy);
  }

  private void trust(String arn) {
    handle.execute(
        "insert into trusted (account_id, role, arn) values (?, ?, ?)",
        role.account().digits(),
        role.key(),
        arn);
  }

  private void distrust(String arn) {
    handle.execute(
        "delete from trusted where account_id = ? and role = ? and arn = ?",
        role.account().digits(),
        role.key(),
        arn);
  }
}
