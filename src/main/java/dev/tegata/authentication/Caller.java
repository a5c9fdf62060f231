package dev.tegata.authentication;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.authentication.Session.AssumedRole;
import dev.tegata.authentication.Session.FederatedUser;
import dev.tegata.policy.RequestPrincipal;
import dev.tegata.store.Entity;
import dev.tegata.store.Role;
import java.util.Optional;

/// Who signed a request. Only [Authenticator] finds out.
public sealed interface Caller {

  /// The account itself, by its root access key.
  record Root(AccountId account, String accessKeyId) implements Caller {}

  /// The account itself, by temporary credentials.
  record RootSession(Session session) implements Caller {
    @Override
    public AccountId account() {
      return session.holder().account();
    }
  }

  /// A session, and its role as it is now. `holder` is the session's.
  record RoleSession(Session session, AssumedRole holder, Role role) implements Caller {
    @Override
    public AccountId account() {
      return holder.account();
    }
  }

  /// A user, by one of its access keys.
  record User(Entity.User user, String accessKeyId) implements Caller {
    @Override
    public AccountId account() {
      return user.account();
    }
  }

  /// A user, by temporary credentials.
  record UserSession(Session session, Entity.User user) implements Caller {
    @Override
    public AccountId account() {
      return user.account();
    }
  }

  /// A federated user, for whom `by` vouches: the account's root or a user. `holder` is the
  /// session's.
  record Federated(Session session, FederatedUser holder, Caller by) implements Caller {
    @Override
    public AccountId account() {
      return holder.account();
    }
  }

  AccountId account();

  /// The session whose credentials signed, if they are temporary.
  default Optional<Session> temporary() {
    return switch (this) {
      case Root _, User _ -> Optional.empty();
      case RootSession(var session) -> Optional.of(session);
      case RoleSession(var session, var _, var _) -> Optional.of(session);
      case UserSession(var session, var _) -> Optional.of(session);
      case Federated(var session, var _, var _) -> Optional.of(session);
    };
  }

  /// What a session comes of for which this caller asks.
  default Lineage lineage() {
    return switch (this) {
      case Root(var _, var accessKeyId) -> Lineage.of(accessKeyId);
      case User(var _, var accessKeyId) -> Lineage.of(accessKeyId);
      case RootSession(var session) -> Lineage.of(session);
      case RoleSession(var session, var _, var _) -> Lineage.of(session);
      case UserSession(var session, var _) -> Lineage.of(session);
      case Federated(var session, var _, var _) -> Lineage.of(session);
    };
  }

  /// The ARN that GetCallerIdentity tells.
  default Arn arn() {
    return switch (this) {
      case Root(var account, var _) -> Arn.iam(account, "root");
      case RootSession(var session) -> session.holder().arn();
      case RoleSession(var _, var holder, var _) -> holder.arn();
      case User(var user, var _) -> user.arn();
      case UserSession(var _, var user) -> user.arn();
      case Federated(var _, var holder, var _) -> holder.arn();
    };
  }

  /// The user id that GetCallerIdentity tells, which is also `aws:userid`.
  default String userId() {
    return switch (this) {
      case Root(var account, var _) -> account.digits();
      case RootSession(var session) -> session.holder().userId();
      case RoleSession(var _, var holder, var _) -> holder.userId();
      case User(var user, var _) -> user.id().text();
      case UserSession(var _, var user) -> user.id().text();
      case Federated(var _, var holder, var _) -> holder.userId();
    };
  }

  /// What the caller is known by for good: a role's ARN stays when its session ends.
  default Arn principalArn() {
    return switch (this) {
      case RoleSession(var _, var _, var role) -> role.arn();
      case Root _, RootSession _, User _, UserSession _, Federated _ -> arn();
    };
  }

  /// The caller as the `Principal` elements of policies see it.
  default RequestPrincipal principal() {
    return switch (this) {
      case Root(var account, var _) -> new RequestPrincipal.Root(account);
      case RootSession session -> new RequestPrincipal.Root(session.account());
      case User(var user, var _) -> principal(user);
      case UserSession(var _, var user) -> principal(user);
      case Federated(var _, var holder, var _) ->
          new RequestPrincipal.FederatedUser(holder.arn(), holder.account());
      case RoleSession(var _, var holder, var role) ->
          new RequestPrincipal.RoleSession(
              holder.arn(), role.arn(), role.id(), holder.sessionName(), holder.account());
    };
  }

  private static RequestPrincipal principal(Entity.User user) {
    return new RequestPrincipal.User(user.arn(), user.id(), user.account());
  }
}
