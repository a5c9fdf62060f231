package dev.tegata.authorization;

import dev.tegata.audit.AuditEvent.Outcome;
import dev.tegata.authentication.Caller;
import dev.tegata.authentication.Caller.Federated;
import dev.tegata.authentication.Caller.RoleSession;
import dev.tegata.authentication.Caller.Root;
import dev.tegata.authentication.Caller.RootSession;
import dev.tegata.authentication.Caller.User;
import dev.tegata.authentication.Caller.UserSession;
import dev.tegata.authentication.Session.SessionPolicies;
import dev.tegata.policy.Decision;
import dev.tegata.policy.Evaluation;
import dev.tegata.policy.NamedPolicy;
import dev.tegata.policy.Policy;
import dev.tegata.policy.PolicyKind;
import dev.tegata.policy.PolicySet;
import dev.tegata.policy.Request;
import dev.tegata.store.Identities;
import dev.tegata.store.IdentityStore;
import java.util.ArrayList;
import java.util.List;

/// Gathers the policies that bear on a caller, and asks them.
///
/// The policies are those of the role as it is now, not as it was when the session began.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>
public final class Authorization {
  private static final PolicySet ROOT =
      PolicySet.identity(
          List.of(
              new NamedPolicy(
                  "the account's root user",
                  Policy.parse(
                      PolicyKind.IDENTITY,
                      """
                      {"Version":"2012-10-17",
                       "Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}
                      """))));

  private final IdentityStore identities;
  private final AuthorizationMessages messages;

  public Authorization(IdentityStore identities, AuthorizationMessages messages) {
    this.identities = identities;
    this.messages = messages;
  }

  /// Refusals, sealed for those who may read them.
  public AuthorizationMessages messages() {
    return messages;
  }

  /// What the policies that bear on `caller` say of `request`.
  public Decision decide(Caller caller, Request request) {
    return Evaluation.decide(request, policies(caller));
  }

  /// What `policies` say of `request`, in the operator's words.
  public Outcome explain(PolicySet policies, Request request) {
    return Explained.outcome(Evaluation.decide(request, policies), request, policies);
  }

  /// What `caller` may do, whatever policies at resources say; a federated user without session
  /// policies may do nothing.
  public PolicySet policies(Caller caller) {
    return switch (caller) {
      case Root _, RootSession _ -> ROOT;
      case User(var user, var _) -> identities.now().permissions(user);
      case UserSession(var _, var user) -> identities.now().permissions(user);
      case Federated(var session, var _, var by) ->
          policies(by).withSession(ofSession(session.policies(), identities.now()));
      case RoleSession(var session, var _, var role) -> {
        Identities now = identities.now();
        PolicySet policies = now.permissions(role);
        yield session.policies().equals(SessionPolicies.NONE)
            ? policies
            : policies.withSession(ofSession(session.policies(), now));
      }
    };
  }

  private static List<NamedPolicy> ofSession(SessionPolicies session, Identities now) {
    List<NamedPolicy> policies = new ArrayList<>();
    session
        .document()
        .ifPresent(json ->
            policies.add(
                new NamedPolicy("session policy", Policy.parse(PolicyKind.SESSION, json))));
    session.managed().forEach(arn -> now.inForce(arn).ifPresent(policies::add));
    return policies;
  }
}
