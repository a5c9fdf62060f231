package dev.tegata.authorization;

import dev.tegata.arn.Arn;
import dev.tegata.authentication.Caller;
import dev.tegata.authentication.Caller.RoleSession;
import dev.tegata.authentication.Caller.Root;
import dev.tegata.authentication.Session.SessionPolicies;
import dev.tegata.policy.AwsManagedPolicies;
import dev.tegata.policy.Decision;
import dev.tegata.policy.Evaluation;
import dev.tegata.policy.NamedPolicy;
import dev.tegata.policy.Policy;
import dev.tegata.policy.PolicyKind;
import dev.tegata.policy.PolicySet;
import dev.tegata.policy.Request;
import dev.tegata.store.ManagedPolicies;
import dev.tegata.store.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Gathers the policies that bear on a caller, and asks them.
///
/// The policies are those of the role as it is now, not as it was when the session began.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>
public final class Authorization {
  private static final List<NamedPolicy> ROOT =
      List.of(
          new NamedPolicy(
              "the account's root user",
              Policy.parse(
                  PolicyKind.IDENTITY,
                  """
                  {"Version":"2012-10-17",
                   "Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}
                  """)));

  private final ManagedPolicies managedPolicies;

  public Authorization(ManagedPolicies managedPolicies) {
    this.managedPolicies = managedPolicies;
  }

  /// What the policies that bear on `caller` say of `request`.
  public Decision decide(Caller caller, Request request) {
    return Evaluation.decide(request, policies(caller));
  }

  private PolicySet policies(Caller caller) {
    return switch (caller) {
      case Root _ -> PolicySet.identity(ROOT);
      case RoleSession(var session, var role) -> {
        PolicySet policies = PolicySet.identity(ofRole(role));
        if (role.boundary().isPresent()) {
          policies = policies.withBoundary(boundary(role.boundary().get()));
        }
        yield session.policies().equals(SessionPolicies.NONE)
            ? policies
            : policies.withSession(ofSession(session.policies()));
      }
    };
  }

  private List<NamedPolicy> ofRole(Role role) {
    List<NamedPolicy> policies = new ArrayList<>(role.inlinePolicies());
    role.attachedPolicies().forEach(arn -> managed(arn).ifPresent(policies::add));
    return policies;
  }

  private List<NamedPolicy> ofSession(SessionPolicies session) {
    List<NamedPolicy> policies = new ArrayList<>();
    session
        .document()
        .ifPresent(
            json ->
                policies.add(
                    new NamedPolicy("session policy", Policy.parse(PolicyKind.SESSION, json))));
    session.managed().forEach(arn -> managed(arn).ifPresent(policies::add));
    return policies;
  }

  /// A boundary that is gone allows nothing.
  private NamedPolicy boundary(Arn arn) {
    return managed(arn)
        .orElseGet(
            () ->
                new NamedPolicy(
                    arn.toString(),
                    Policy.parse(
                        PolicyKind.BOUNDARY,
                        """
                        {"Version":"2012-10-17",
                         "Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}
                        """)));
  }

  /// The managed policy of that ARN, AWS's or an account's own.
  public Optional<NamedPolicy> managed(Arn arn) {
    return arn.account().equals("aws")
        ? AwsManagedPolicies.find(arn)
        : managedPolicies.find(arn);
  }
}
