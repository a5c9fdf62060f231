package dev.tegata.store;

import dev.tegata.arn.Arn;
import dev.tegata.policy.Principals.Name;
import dev.tegata.store.Entity.Identity;
import dev.tegata.store.Role.Permissions;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/// The tables that tell which roles, users and groups refer to a policy, and which roles to another
/// role, so that nobody need look through all of them. They follow from the identities, and are
/// written with them.
final class References {
  private static final Pattern NAMED = Pattern.compile("^(role|user)/");

  private final Handle handle;
  private final Identity<?> identity;

  /// The references of `identity`; where it is replaced, those of any of the two: only the name of
  /// a role counts, and the id of a user or group.
  References(Handle handle, Identity<?> identity) {
    this.handle = handle;
    this.identity = identity;
  }

  /// Brings the tables from what follows from `before` to what follows from `after`.
  <I extends Identity<I>> void change(Optional<I> before, Optional<I> after) {
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

  private static Set<String> attached(Optional<? extends Identity<?>> identity) {
    return texts(
        identity.map(Identity::permissions).stream().flatMap(each -> each.attached().stream()));
  }

  private static Set<String> boundary(Optional<? extends Identity<?>> identity) {
    return texts(identity.map(Identity::permissions).map(Permissions::boundary).stream());
  }

  private static Set<String> trusted(Optional<? extends Identity<?>> identity) {
    return texts(
        identity
            .flatMap(it -> it instanceof Role role ? Optional.of(role.trust()) : Optional.empty())
            .stream()
            .flatMap(trust -> trust.statements().stream())
            .flatMap(statement -> statement.principals().names().stream())
            .flatMap(name -> name instanceof Name.Entity(var arn) ? Stream.of(arn) : Stream.empty())
            .filter(arn -> arn.service().equals("iam") && NAMED.matcher(arn.resource()).find()));
  }

  private static Set<String> texts(Stream<Arn> arns) {
    return arns.map(Arn::toString).collect(Collectors.toSet());
  }

  private void attach(String policy, boolean asBoundary) {
    if (identity instanceof Role) {
      handle.execute(
          "insert into attachment (account_id, role, policy, is_boundary) values (?, ?, ?, ?)",
          identity.account().digits(),
          identity.key(),
          policy,
          asBoundary ? 1 : 0);
    } else {
      handle.execute(
          "insert into identity_attachment (identity_id, policy, is_boundary) values (?, ?, ?)",
          identity.id().text(),
          policy,
          asBoundary ? 1 : 0);
    }
    handle.execute(
        "insert into policy_usage (account_id, policy, attachments, boundaries)"
            + " values (?, ?, ?, ?) on conflict (account_id, policy) do update set"
            + " attachments = policy_usage.attachments + excluded.attachments,"
            + " boundaries = policy_usage.boundaries + excluded.boundaries",
        identity.account().digits(),
        policy,
        asBoundary ? 0 : 1,
        asBoundary ? 1 : 0);
  }

  private void detach(String policy, boolean asBoundary) {
    if (identity instanceof Role) {
      handle.execute(
          "delete from attachment"
              + " where account_id = ? and role = ? and policy = ? and is_boundary = ?",
          identity.account().digits(),
          identity.key(),
          policy,
          asBoundary ? 1 : 0);
    } else {
      handle.execute(
          "delete from identity_attachment"
              + " where identity_id = ? and policy = ? and is_boundary = ?",
          identity.id().text(),
          policy,
          asBoundary ? 1 : 0);
    }
    handle.execute(
        "update policy_usage set attachments = attachments - ?, boundaries = boundaries - ?"
            + " where account_id = ? and policy = ?",
        asBoundary ? 0 : 1,
        asBoundary ? 1 : 0,
        identity.account().digits(),
        policy);
    handle.execute(
        "delete from policy_usage where account_id = ? and policy = ?"
            + " and attachments = 0 and boundaries = 0",
        identity.account().digits(),
        policy);
  }

  private void trust(String arn) {
    handle.execute(
        "insert into trusted (account_id, role, arn) values (?, ?, ?)",
        identity.account().digits(),
        identity.key(),
        arn);
  }

  private void distrust(String arn) {
    handle.execute(
        "delete from trusted where account_id = ? and role = ? and arn = ?",
        identity.account().digits(),
        identity.key(),
        arn);
  }
}
