package dev.tegata.simulation;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import dev.tegata.policy.Context;
import dev.tegata.policy.RequestPrincipal;

/// Who asks in a simulation, and the condition keys that are known of him.
///
/// He has no unique id and no session of his own, so no principal of a policy names those.
public record SimulatedCaller(AccountId account, RequestPrincipal principal, Context context) {
  /// What `aws:userid` is in a simulation that names no caller.
  private static final String STAND_IN = "STUB_PRINCIPAL_FOR_POLICY_SIMULATOR";

  private static final UniqueId NO_ID = new UniqueId(STAND_IN);

  /// Nobody in particular, of `account`.
  public static SimulatedCaller unnamed(AccountId account) {
    Context context =
        Context.builder()
            .put("aws:PrincipalAccount", account.digits())
            .put("aws:userid", STAND_IN)
            .build();
    return new SimulatedCaller(account, new RequestPrincipal.Root(account), context);
  }

  /// A user, a group or a role.
  public static SimulatedCaller of(EntityArn entity) {
    AccountId account = entity.account();
    Arn arn = entity.arn();
    Context.Builder context =
        Context.builder()
            .put("aws:PrincipalAccount", account.digits())
            .put("aws:PrincipalArn", arn.toString())
            .put("aws:userid", arn.toString());
    if (entity.kind().equals("user")) {
      context.put("aws:username", entity.name());
    }
    Arn session = Arn.assumedRole(account, entity.name(), STAND_IN);
    RequestPrincipal principal =
        entity.kind().equals("role")
            ? new RequestPrincipal.RoleSession(session, arn, NO_ID, STAND_IN, account)
            : new RequestPrincipal.User(arn, NO_ID, account);
    return new SimulatedCaller(account, principal, context.build());
  }

  /// Whether it is somebody whom a `Principal` element can name.
  boolean isNamed() {
    return !(principal instanceof RequestPrincipal.Root);
  }
}
