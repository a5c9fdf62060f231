package dev.tegata.authentication;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.policy.RequestPrincipal;
import dev.tegata.store.Role;

/// Who signed a request. Only [Authenticator] finds out.
public sealed interface Caller {

  /// The account itself, by its root access key.
  record Root(AccountId account) implements Caller {}

  /// A session, and its role as it is now.
  record RoleSession(Session session, Role role) implements Caller {
    @Override
    public AccountId account() {
      return session.role().account();
    }
  }

  AccountId account();

  /// The ARN that GetCallerIdentity tells.
  default Arn arn() {
    return switch (this) {
      case Root(var account) -> Arn.iam(account, "root");
      case RoleSession(var session, var _) -> session.role().arn();
    };
  }

  /// The user id that GetCallerIdentity tells, which is also `aws:userid`.
  default String userId() {
    return switch (this) {
      case Root(var account) -> account.digits();
      case RoleSession(var session, var _) -> session.role().userId();
    };
  }

  /// The caller as the `Principal` elements of policies see it.
  default RequestPrincipal principal() {
    return switch (this) {
      case Root(var account) -> new RequestPrincipal.Root(account);
      case RoleSession(var session, var role) ->
          new RequestPrincipal.RoleSession(
              session.role().arn(),
              role.arn(),
              role.id(),
              session.role().sessionName(),
              session.role().account());
    };
  }
}
