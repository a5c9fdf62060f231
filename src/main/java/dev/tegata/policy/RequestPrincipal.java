package dev.tegata.policy;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;

/// Who asks, as the `Principal` elements of policies see it.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>
public sealed interface RequestPrincipal {

  /// The bearer of an ID token, before it has a session: known by the OIDC provider alone.
  record WebIdentity(Arn provider) implements RequestPrincipal {}

  /// A session of a role; `role` is the role's ARN with its path.
  record RoleSession(Arn session, Arn role, UniqueId roleId, String sessionName, AccountId account)
      implements RequestPrincipal {}

  /// The account itself. Its permissions are what the identity policies that go with it say.
  record Root(AccountId account) implements RequestPrincipal {}

  /// A user of GetFederationToken, known by the ARN of its session.
  record FederatedUser(Arn session, AccountId account) implements RequestPrincipal {}

  record User(Arn user, UniqueId userId, AccountId account) implements RequestPrincipal {}

  /// An AWS service, such as `ec2.amazonaws.com`.
  record Service(String name) implements RequestPrincipal {}

  /// Nobody that is known: an unsigned request.
  record Anonymous() implements RequestPrincipal {}

  /// Whether identity policies can speak for it; what else asks needs a policy at the resource.
  default boolean hasIdentity() {
    return switch (this) {
      case RoleSession _, Root _, FederatedUser _, User _ -> true;
      case WebIdentity _, Service _, Anonymous _ -> false;
    };
  }
}
