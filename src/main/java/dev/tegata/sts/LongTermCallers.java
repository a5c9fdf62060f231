package dev.tegata.sts;

import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import dev.tegata.authentication.Caller;
import dev.tegata.authentication.Caller.Federated;
import dev.tegata.authentication.Caller.RoleSession;
import dev.tegata.authentication.Caller.Root;
import dev.tegata.authentication.Caller.RootSession;
import dev.tegata.authentication.Caller.User;
import dev.tegata.authentication.Caller.UserSession;
import dev.tegata.authentication.Session;
import dev.tegata.authentication.Session.AccountRoot;
import dev.tegata.authentication.Session.FederatedUser;
import dev.tegata.authentication.Session.IamUser;
import dev.tegata.authentication.Session.SessionPolicies;
import dev.tegata.authentication.Session.SessionTags;
import dev.tegata.authorization.AuthorizedCall;
import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.CommonError.AccessDenied;
import dev.tegata.aws.Refusal;
import dev.tegata.store.IdentityStore;
import dev.tegata.sts.NewSessions.Baggage;
import dev.tegata.sts.NewSessions.Lifetime;
import dev.tegata.sts.SecondFactor.Proof;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sts.model.GetFederationTokenRequest;
import software.amazon.awssdk.services.sts.model.GetFederationTokenResponse;
import software.amazon.awssdk.services.sts.model.GetSessionTokenRequest;
import software.amazon.awssdk.services.sts.model.GetSessionTokenResponse;

/// Temporary credentials for whoever has long-term ones: for itself, and for somebody it vouches
/// for under a name.
///
/// The account's root gets an hour at most; when it asks for more it is given the hour. A user gets
/// twelve hours, or up to a day and a half if it asks.
///
/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html> Source:
/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html>
final class LongTermCallers {
  private static final Duration ROOT_DURATION = Duration.ofHours(1);
  private static final Duration USER_DURATION = Duration.ofHours(12);

  private final IdentityStore identities;
  private final NewSessions sessions;
  private final SecondFactor secondFactor;

  LongTermCallers(IdentityStore identities, NewSessions sessions, SecondFactor secondFactor) {
    this.identities = identities;
    this.sessions = sessions;
    this.secondFactor = secondFactor;
  }

  /// No policy can forbid it.
  GetSessionTokenResponse sessionToken(GetSessionTokenRequest request, AuthorizedCall call) {
    requireLongTerm(call.caller(), "GetSessionToken");
    boolean isShown =
        secondFactor.isShown(
            new Proof(request.serialNumber(), request.tokenCode()),
            new Access("sts:GetSessionToken", Arn.EVERY),
            call);
    Session session =
        sessions.create(
            holder(call.caller()),
            lifetime(call, request.durationSeconds()),
            Baggage.of(call.caller().lineage(), isShown));
    return GetSessionTokenResponse.builder().credentials(sessions.seal(session)).build();
  }

  @SuppressWarnings("deprecation") // because AWS sends the packed size all the same
  GetFederationTokenResponse federationToken(
      GetFederationTokenRequest request, AuthorizedCall call) {
    requireLongTerm(call.caller(), "GetFederationToken");
    FederatedUser user = new FederatedUser(call.account(), request.name(), vouching(call.caller()));
    RequestedTags tags = RequestedTags.read(request.tags(), List.of(), SessionTags.NONE);
    Map<String, List<String>> context = new LinkedHashMap<>();
    tags.put(context);
    call.require(new Access("sts:GetFederationToken", user.arn(), context));
    if (!tags.values().isEmpty()) {
      call.require(new Access("sts:TagSession", user.arn(), context));
    }
    SessionPolicies policies =
        RequestedPolicies.read(
            request.policy(), request.policyArns(), call.account(), identities.now());
    Session session =
        sessions.create(
            user,
            lifetime(call, request.durationSeconds()),
            new Baggage(
                policies,
                tags.ofSession(),
                Optional.empty(),
                Optional.empty(),
                call.caller().lineage(),
                false));
    int packed = NewSessions.requireToFit(session);
    return GetFederationTokenResponse.builder()
        .credentials(sessions.seal(session))
        .federatedUser(it -> it.federatedUserId(user.userId()).arn(user.arn().toString()))
        .packedPolicySize(packed)
        .build();
  }

  private static Session.Holder holder(Caller caller) {
    return caller instanceof User(var user, var _)
        ? new IamUser(user.account(), user.arn(), user.id())
        : new AccountRoot(caller.account());
  }

  private static @Nullable UniqueId vouching(Caller caller) {
    return caller instanceof User(var user, var _) ? user.id() : null;
  }

  private static void requireLongTerm(Caller caller, String operation) {
    switch (caller) {
      case Root _, User _ -> {}
      case RootSession _, UserSession _, RoleSession _, Federated _ ->
          throw new Refusal(
              new AccessDenied("Cannot call " + operation + " with session credentials"));
    }
  }

  private static Lifetime lifetime(AuthorizedCall call, @Nullable Integer seconds) {
    boolean isRoot = call.caller() instanceof Root;
    Duration usual = isRoot ? ROOT_DURATION : USER_DURATION;
    Duration asked = seconds == null ? usual : Duration.ofSeconds(seconds);
    boolean isTooLong = isRoot && asked.compareTo(ROOT_DURATION) > 0;
    return new Lifetime(call.time(), isTooLong ? ROOT_DURATION : asked);
  }
}
