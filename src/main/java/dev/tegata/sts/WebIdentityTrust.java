package dev.tegata.sts;

import dev.tegata.arn.Arn;
import dev.tegata.audit.AuditEvent.Outcome;
import dev.tegata.audit.AuditEvent.Source;
import dev.tegata.authentication.Session.WebIdentity;
import dev.tegata.authentication.Session.Workload;
import dev.tegata.authorization.Explained;
import dev.tegata.authorization.RequestContext;
import dev.tegata.policy.Context;
import dev.tegata.policy.Decision;
import dev.tegata.policy.Evaluation;
import dev.tegata.policy.NamedPolicy;
import dev.tegata.policy.PolicySet;
import dev.tegata.policy.Request;
import dev.tegata.policy.RequestPrincipal;
import dev.tegata.store.OidcProvider;
import dev.tegata.store.Role;
import dev.tegata.token.AwsClaims.Requested;
import dev.tegata.token.IdTokenClaims;
import java.util.ArrayList;
import java.util.List;

/// Asks a role's trust policy whether it lets a web identity in.
///
/// The identity is known by its provider alone: `aws:PrincipalArn` is absent, and a statement must
/// name the provider under `Federated`. What the token says is in condition keys.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html>
public final class WebIdentityTrust {
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
  public record Answer(String action, Request request, PolicySet policies, Decision decision) {

    /// The decision with the operator's sentence, which for a refusal says what came closest.
    public Outcome outcome() {
      return Explained.outcome(decision, request, policies);
    }
  }

  /// An ID token of `provider`, the condition keys that its claims are, and what it asks for beside
  /// a role. Whether it is genuine makes no difference to the question.
  public record Presented(
      OidcProvider provider, IdTokenClaims claims, Context keys, Requested requested) {

    /// What a session keeps of the token.
    public WebIdentity webIdentity() {
      return new WebIdentity(
          provider.arn(),
          claims.audience(),
          claims.subject(),
          claims.claims().texts("amr"),
          new Workload(first("repository", "project_path"), first("run_id", "pipeline_id")));
    }

    /// The first of the claims that is there: GitHub's name for it, or GitLab's.
    private String first(String... names) {
      for (String name : names) {
        List<String> texts = claims.claims().texts(name);
        if (!texts.isEmpty()) {
          return texts.getFirst();
        }
      }
      return "";
    }
  }

  /// A token that asks for `role`.
  public static WebIdentityTrust of(Role role, Presented presented, Visit visit) {
    Requested requested = presented.requested();
    OidcProvider provider = presented.provider();
    Context.Builder context =
        RequestContext.of(visit.source(), GLOBAL_REGION)
            .put("aws:PrincipalAccount", provider.account().digits())
            .put("aws:ResourceAccount", role.account().digits())
            .put("aws:PrincipalType", "User")
            .put("aws:userid", provider.arn().toString())
            .put("sts:RoleSessionName", visit.sessionName())
            .put("sts:RoleAuthorizedByIdp", Boolean.toString(requested.roleAuthorizedByIdp()));
    context.putAll(presented.keys());
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
    return new WebIdentityTrust(role, provider.arn(), context.build(), actions);
  }

  /// The same question with further keys, which go before its own.
  public WebIdentityTrust with(Context more) {
    Context all = Context.builder().putAll(context).putAll(more).build();
    return new WebIdentityTrust(role, provider, all, actions);
  }

  /// Where and when the identity asks, and for a session of what name.
  public record Visit(Source source, String sessionName) {}

  /// The first action that the trust policy does not allow, or, when it allows all, the exchange.
  public Answer ask() {
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
