package dev.tegata.sts;

import dev.tegata.arn.Arn;
import dev.tegata.audit.AuditEvent.Outcome;
import dev.tegata.audit.AuditEvent.Source;
import dev.tegata.authorization.Explained;
import dev.tegata.authorization.RequestContext;
import dev.tegata.federation.WebIdentities.Belief.Believed;
import dev.tegata.policy.Context;
import dev.tegata.policy.Decision;
import dev.tegata.policy.Evaluation;
import dev.tegata.policy.NamedPolicy;
import dev.tegata.policy.PolicySet;
import dev.tegata.policy.Request;
import dev.tegata.policy.RequestPrincipal;
import dev.tegata.store.Role;
import dev.tegata.token.AwsClaims.Requested;
import java.util.ArrayList;
import java.util.List;

/// Asks a role's trust policy whether it lets a web identity in.
///
/// The identity is known by its provider alone: `aws:PrincipalArn` is absent, and a statement must
/// name the provider under `Federated`. What the token says is in condition keys.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html>
final class WebIdentityTrust {
  /// The region that the global endpoint stands for; a request without a signature names none.
  private static final String GLOBAL_REGION = "us-east-1";

  private final Role role;
  private final Arn provider;
  private final Context context;
  private final List<String> actions;

  private WebIdentityTrust(Role role, Arn provider, Context context, List<String> actions) {
    this.role = role;
    this.provider = provider;
    this.context = context;
    this.actions = List.copyOf(actions);
  }

  /// What was asked of the trust policy, and what it said.
  record Answer(String action, Request request, PolicySet policies, Decision decision) {

    /// The decision with the operator's sentence, which for a refusal says what came closest.
    Outcome outcome() {
      return Explained.outcome(decision, request, policies);
    }
  }

  /// An identity that asks for `role` under `sessionName`, with what else its token asks for.
  static WebIdentityTrust of(Role role, Believed identity, Requested requested, Visit visit) {
    Context.Builder context =
        RequestContext.of(visit.source(), GLOBAL_REGION)
            .put("aws:PrincipalAccount", identity.provider().account().digits())
            .put("aws:PrincipalType", "User")
            .put("aws:userid", identity.provider().arn().toString())
            .put("sts:RoleSessionName", visit.sessionName())
            .put("sts:RoleAuthorizedByIdp", Boolean.toString(requested.roleAuthorizedByIdp()));
    context.putAll(identity.keys());
    role.tags()
        .forEach((key, value) ->
            context.put("aws:ResourceTag/" + key, value).put("iam:ResourceTag/" + key, value));
    List<String> actions = new ArrayList<>(List.of("sts:AssumeRoleWithWebIdentity"));
    if (!requested.principalTags().isEmpty()) {
      actions.add("sts:TagSession");
      requested
          .principalTags()
          .forEach((key, value) -> context.put("aws:RequestTag/" + key, value));
      context.putAll("aws:TagKeys", List.copyOf(requested.principalTags().keySet()));
      if (!requested.transitiveTagKeys().isEmpty()) {
        context.putAll("sts:TransitiveTagKeys", requested.transitiveTagKeys());
      }
    }
    String sourceIdentity = requested.sourceIdentity();
    if (sourceIdentity != null) {
      actions.add("sts:SetSourceIdentity");
      context.put("sts:SourceIdentity", sourceIdentity);
    }
    return new WebIdentityTrust(role, identity.provider().arn(), context.build(), actions);
  }

  /// Where and when the identity asks, and for a session of what name.
  record Visit(Source source, String sessionName) {}

  /// The first action that the trust policy does not allow, or, when it allows all, the exchange.
  Answer ask() {
    Answer exchange = ask(actions.getFirst());
    if (!exchange.decision().isAllowed()) {
      return exchange;
    }
    return actions.stream()
        .skip(1)
        .map(this::ask)
        .filter(answer -> !answer.decision().isAllowed())
        .findFirst()
        .orElse(exchange);
  }

  private Answer ask(String action) {
    Request request =
        new Request(new RequestPrincipal.WebIdentity(provider), action, role.arn(), context);
    PolicySet policies =
        PolicySet.trust(new NamedPolicy("trust policy of " + role.name(), role.trust()));
    return new Answer(action, request, policies, Evaluation.decide(request, policies));
  }
}
