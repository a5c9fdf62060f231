package dev.tegata.sts;

import dev.tegata.arn.Arn;
import dev.tegata.authentication.Caller;
import dev.tegata.authentication.Caller.Federated;
import dev.tegata.authentication.Caller.RoleSession;
import dev.tegata.authentication.Caller.Root;
import dev.tegata.authentication.Caller.RootSession;
import dev.tegata.authentication.Caller.User;
import dev.tegata.authentication.Caller.UserSession;
import dev.tegata.authentication.RevocationList;
import dev.tegata.authentication.Session;
import dev.tegata.authentication.Session.AssumedRole;
import dev.tegata.authentication.Session.SessionPolicies;
import dev.tegata.authentication.Session.SessionTags;
import dev.tegata.authorization.AuthorizedCall;
import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.CommonError.AccessDenied;
import dev.tegata.aws.CommonError.ValidationError;
import dev.tegata.aws.Refusal;
import dev.tegata.policy.NamedPolicy;
import dev.tegata.policy.PolicySet;
import dev.tegata.store.IdentityStore;
import dev.tegata.store.Role;
import dev.tegata.sts.NewSessions.Baggage;
import dev.tegata.sts.NewSessions.Lifetime;
import dev.tegata.sts.SecondFactor.Proof;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.AssumedRoleUser;

/// Gives a caller the credentials of a role that trusts it.
///
/// The role's trust policy must allow it; where role and caller are of different accounts, or the
/// trust policy names the caller's account only, the caller's own policies must allow it too. Tags
/// and a source identity each ask for a permission of their own. A role that does not exist is
/// refused like one that does not trust. A second factor, of this request or of the caller's own
/// session, counts for these policies alone: the session has none.
///
/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html> Source:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html>
final class AssumeRole {
  private static final Duration DEFAULT_DURATION = Duration.ofHours(1);
  private static final Duration MAX_CHAINED = Duration.ofHours(1);

  private final IdentityStore identities;
  private final NewSessions sessions;
  private final SecondFactor secondFactor;
  private final RevocationList revocations;

  AssumeRole(IdentityStore identities, NewSessions sessions, SecondFactor secondFactor) {
    this.identities = identities;
    this.sessions = sessions;
    this.secondFactor = secondFactor;
    this.revocations = new RevocationList(identities);
  }

  /// What is asked for, once it is known not to contradict itself.
  private record Wish(
      Arn role, RequestedTags tags, Optional<String> sourceIdentity, boolean secondFactor) {}

  AssumeRoleResponse answer(AssumeRoleRequest request, AuthorizedCall call) {
    Arn roleArn = RoleArns.parse(request.roleArn());
    requireNotRoot(call.caller());
    RequestedTags tags =
        RequestedTags.read(
            request.tags(),
            request.transitiveTagKeys(),
            call.caller().temporary().map(Session::tags).orElse(SessionTags.NONE));
    Optional<String> sourceIdentity = sourceIdentity(request, call.caller());
    if (request.hasProvidedContexts()) {
      throw new Refusal(new ValidationError("no provider of context assertions is known here"));
    }
    boolean isShown =
        secondFactor.isShown(
            new Proof(request.serialNumber(), request.tokenCode()),
            new Access("sts:AssumeRole", roleArn),
            call);
    Wish wish = new Wish(roleArn, tags, sourceIdentity, isShown);
    Role role = authorized(request, wish, call);
    Lifetime lifetime = new Lifetime(call.time(), duration(request, role, call.caller()));
    SessionPolicies policies =
        RequestedPolicies.read(
            request.policy(), request.policyArns(), role.account(), identities.now());
    AssumedRole holder =
        new AssumedRole(role.account(), role.name(), role.id(), request.roleSessionName());
    Session session =
        sessions.create(
            holder,
            lifetime,
            new Baggage(
                policies,
                tags.ofSession(),
                wish.sourceIdentity(),
                Optional.empty(),
                call.caller().lineage(),
                false));
    return written(session);
  }

  private static void requireNotRoot(Caller caller) {
    switch (caller) {
      case Root _, RootSession _ ->
          throw new Refusal(new AccessDenied("Roles may not be assumed by root accounts."));
      case Federated _ ->
          throw new Refusal(new AccessDenied("Cannot call AssumeRole with federation credentials"));
      case User _, UserSession _, RoleSession _ -> {}
    }
  }

  /// The source identity of the session to come: once set, it goes on to every further session.
  private static Optional<String> sourceIdentity(AssumeRoleRequest request, Caller caller) {
    Optional<String> before = caller.temporary().flatMap(Session::sourceIdentity);
    Optional<String> asked = Optional.ofNullable(request.sourceIdentity());
    if (before.isPresent() && asked.isPresent() && !before.equals(asked)) {
      throw new Refusal(
          new ValidationError("The source identity is already set for this assume role session"));
    }
    return asked.or(() -> before);
  }

  /// The role, if it is there and the policies let the caller have it.
  private Role authorized(AssumeRoleRequest request, Wish wish, AuthorizedCall call) {
    Optional<Role> found = identities.now().openRole(wish.role());
    Map<String, List<String>> context = context(request, wish, found);
    Access assume = new Access("sts:AssumeRole", wish.role(), context);
    Role role =
        found.orElseThrow(() ->
            call.refused(assume, new AccessDenied(call.refusal(assume)), "there is no such role"));
    revocations
        .againstRole(role.id(), call.time())
        .ifPresent(revocation -> {
          throw call.refused(
              assume, new AccessDenied(call.refusal(assume)), RevocationList.reason(revocation));
        });
    PolicySet policies =
        call.authorization()
            .policies(call.caller())
            .withResource(new NamedPolicy("trust policy of " + role.name(), role.trust()));
    if (!role.account().equals(call.account())) {
      policies = policies.acrossAccounts();
    }
    call.require(assume, policies);
    if (!wish.tags().values().isEmpty()) {
      call.require(new Access("sts:TagSession", wish.role(), context), policies);
    }
    if (wish.sourceIdentity().isPresent()) {
      call.require(new Access("sts:SetSourceIdentity", wish.role(), context), policies);
    }
    return role;
  }

  private static Map<String, List<String>> context(
      AssumeRoleRequest request, Wish wish, Optional<Role> role) {
    Map<String, List<String>> context = new LinkedHashMap<>();
    context.put("sts:RoleSessionName", List.of(request.roleSessionName()));
    Optional.ofNullable(request.externalId())
        .ifPresent(id -> context.put("sts:ExternalId", List.of(id)));
    wish.sourceIdentity().ifPresent(name -> context.put("sts:SourceIdentity", List.of(name)));
    wish.tags().put(context);
    if (wish.secondFactor()) {
      context.put("aws:MultiFactorAuthPresent", List.of("true"));
      context.put("aws:MultiFactorAuthAge", List.of("0"));
    }
    role.ifPresent(it -> {
      context.put("aws:ResourceAccount", List.of(it.account().digits()));
      it.tags()
          .forEach((key, value) -> {
            context.put("aws:ResourceTag/" + key, List.of(value));
            context.put("iam:ResourceTag/" + key, List.of(value));
          });
    });
    return context;
  }

  private static Duration duration(AssumeRoleRequest request, Role role, Caller caller) {
    Duration duration =
        Optional.ofNullable(request.durationSeconds())
            .map(Duration::ofSeconds)
            .orElse(DEFAULT_DURATION);
    if (duration.compareTo(role.maxSession()) > 0) {
      throw new Refusal(
          new ValidationError(
              "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."));
    }
    if (caller instanceof RoleSession && duration.compareTo(MAX_CHAINED) > 0) {
      throw new Refusal(
          new ValidationError(
              "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by"
                  + " role chaining."));
    }
    return duration;
  }

  @SuppressWarnings("deprecation") // because AWS sends the packed size all the same
  private AssumeRoleResponse written(Session session) {
    int packed = NewSessions.requireToFit(session);
    AssumeRoleResponse.Builder answer =
        AssumeRoleResponse.builder()
            .credentials(sessions.seal(session))
            .assumedRoleUser(
                AssumedRoleUser.builder()
                    .assumedRoleId(session.holder().userId())
                    .arn(session.holder().arn().toString())
                    .build());
    session.sourceIdentity().ifPresent(answer::sourceIdentity);
    boolean isPlain =
        session.policies().equals(SessionPolicies.NONE) && session.tags().values().isEmpty();
    return isPlain ? answer.build() : answer.packedPolicySize(packed).build();
  }
}
