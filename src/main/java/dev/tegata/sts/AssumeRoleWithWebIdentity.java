package dev.tegata.sts;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.audit.AuditEvent.KnownIdentity;
import dev.tegata.audit.AuditEvent.Outcome;
import dev.tegata.audit.AuditEvent.Outcome.Refused;
import dev.tegata.audit.AuditEvent.RoleRequested;
import dev.tegata.audit.AuditEvent.Source;
import dev.tegata.audit.AuditLog;
import dev.tegata.authentication.Lineage;
import dev.tegata.authentication.RevocationList;
import dev.tegata.authentication.Session;
import dev.tegata.authentication.Session.AssumedRole;
import dev.tegata.authentication.Session.SessionPolicies;
import dev.tegata.authentication.Session.SessionTags;
import dev.tegata.authentication.Session.WebIdentity;
import dev.tegata.aws.AwsError;
import dev.tegata.aws.CommonError.AccessDenied;
import dev.tegata.aws.CommonError.ValidationError;
import dev.tegata.aws.Refusal;
import dev.tegata.aws.StsError.IdpRejectedClaim;
import dev.tegata.aws.StsError.InvalidIdentityToken;
import dev.tegata.aws.StsError.PackedPolicyTooLarge;
import dev.tegata.federation.WebIdentities;
import dev.tegata.federation.WebIdentities.Belief;
import dev.tegata.federation.WebIdentities.Belief.Believed;
import dev.tegata.store.IdentityStore;
import dev.tegata.store.Role;
import dev.tegata.sts.NewSessions.Baggage;
import dev.tegata.sts.NewSessions.Lifetime;
import dev.tegata.sts.WebIdentityTrust.Answer;
import dev.tegata.sts.WebIdentityTrust.Presented;
import dev.tegata.sts.WebIdentityTrust.Visit;
import dev.tegata.token.AwsClaims.Malformed;
import dev.tegata.token.AwsClaims.Requested;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityResponse;

/// Exchanges an ID token for the credentials of a role session.
///
/// First the token, whose issuer, signature, times and audience must be right; then what it asks
/// for; then the role's trust policy; only then the rest of the request. A role that does not exist
/// is refused like one that does not trust.
///
/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html>
final class AssumeRoleWithWebIdentity {
  private static final Duration DEFAULT_DURATION = Duration.ofHours(1);
  private static final String NOT_AUTHORIZED = "Not authorized to perform ";
  private static final String ACTION = "sts:AssumeRoleWithWebIdentity";

  private final IdentityStore identities;
  private final WebIdentities webIdentities;
  private final NewSessions sessions;
  private final RevocationList revocations;

  AssumeRoleWithWebIdentity(
      IdentityStore identities, WebIdentities webIdentities, NewSessions sessions) {
    this.identities = identities;
    this.webIdentities = webIdentities;
    this.sessions = sessions;
    this.revocations = new RevocationList(identities);
  }

  AssumeRoleWithWebIdentityResponse answer(
      AssumeRoleWithWebIdentityRequest request, UnsignedCall call) {
    Exchange exchange = new Exchange(request, call, RoleArns.parse(request.roleArn()));
    try {
      return exchange.carryOut();
    } catch (Refusal refusal) {
      exchange.recordRefusal(refusal.error());
      throw refusal;
    }
  }

  /// One exchange on its way, with what has been found out so far.
  private final class Exchange {
    private final AssumeRoleWithWebIdentityRequest request;
    private final Source source;
    private final AuditLog audit;
    private final Arn roleArn;
    private KnownIdentity known = KnownIdentity.NONE;
    private String reason = "";
    private Optional<Outcome> decided = Optional.empty();

    Exchange(AssumeRoleWithWebIdentityRequest request, UnsignedCall call, Arn roleArn) {
      this.request = request;
      this.source = call.source();
      this.audit = call.audit();
      this.roleArn = roleArn;
    }

    AssumeRoleWithWebIdentityResponse carryOut() {
      requireNoOtherProvider();
      Believed identity = believe();
      known = known(identity, new LinkedHashMap<>());
      Requested requested = requested(identity);
      known = known(identity, asked(requested));
      Role role =
          identities
              .now()
              .openRole(roleArn)
              .orElseThrow(() -> refuse(denied(ACTION), "there is no role " + roleArn));
      Presented presented = presented(identity, requested);
      WebIdentity webIdentity = presented.webIdentity();
      requireNotRevoked(role, webIdentity);
      trust(role, presented);
      Session session = session(role, requested, webIdentity);
      int packed = PackedSize.percent(session);
      if (packed > 100) {
        throw refuse(new PackedPolicyTooLarge(packed), "policies and tags do not fit");
      }
      useUp(identity);
      record(decided.orElseThrow(), session.holder().arn().toString());
      return WebIdentityAnswer.of(session, sessions.seal(session), packed);
    }

    private void requireNoOtherProvider() {
      switch (Optional.ofNullable(request.providerId()).orElse("")) {
        case "" -> {}
        case "www.amazon.com" ->
            throw refuse(
                new InvalidIdentityToken("Provided Token is not a Login With Amazon token"),
                "ProviderId is for access tokens of OAuth 2.0");
        case "graph.facebook.com" ->
            throw refuse(
                new IdpRejectedClaim("Provided Token is not a Facebook token"),
                "ProviderId is for access tokens of OAuth 2.0");
        default ->
            throw refuse(
                new AccessDenied(
                    "Unrecognized OAuth provider. Do not include a provider parameter when"
                        + " submitting OpenIDConnect ID tokens"),
                "ProviderId is for access tokens of OAuth 2.0");
      }
    }

    /// Last of all: what is refused for another reason leaves a token to be used.
    private void useUp(Believed identity) {
      webIdentities
          .use(token(), identity, source.time())
          .ifPresent(why -> {
            throw refuse(TokenRefusals.of(why), why.reason());
          });
    }

    private String token() {
      return request.webIdentityToken().strip(); // a token from a file ends in a line break
    }

    private Believed believe() {
      return switch (webIdentities.check(token(), roleArn, source.time())) {
        case Believed believed -> believed;
        case Belief.Refused(var why) -> throw refuse(TokenRefusals.of(why), why.reason());
      };
    }

    private Requested requested(Believed identity) {
      return switch (SessionTagRules.requested(identity.claims().idToken(), roleArn)) {
        case Requested requested -> requested;
        case Malformed(var message, var why) ->
            throw refuse(new InvalidIdentityToken(message), why);
      };
    }

    private void requireNotRevoked(Role role, WebIdentity webIdentity) {
      revocations
          .againstRole(role.id(), source.time())
          .or(() -> revocations.againstIdentity(webIdentity, source.time()))
          .ifPresent(found -> {
            throw refuse(denied(ACTION), RevocationList.reason(found));
          });
    }

    private void trust(Role role, Presented presented) {
      Visit visit = new Visit(source, request.roleSessionName());
      Answer answer = WebIdentityTrust.of(role, presented, visit).ask();
      decided = Optional.of(answer.outcome());
      if (!answer.decision().isAllowed()) {
        throw new Refusal(denied(answer.action()));
      }
    }

    private Session session(Role role, Requested requested, WebIdentity webIdentity) {
      Duration duration =
          Optional.ofNullable(request.durationSeconds())
              .map(Duration::ofSeconds)
              .orElse(DEFAULT_DURATION);
      if (duration.compareTo(role.maxSession()) > 0) {
        throw refuse(
            new ValidationError(
                "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."),
            "%s asked for, %s allowed".formatted(duration, role.maxSession()));
      }
      return sessions.create(
          new AssumedRole(role.account(), role.name(), role.id(), request.roleSessionName()),
          new Lifetime(source.time(), duration),
          new Baggage(
              policies(),
              new SessionTags(
                  requested.principalTags(), new HashSet<>(requested.transitiveTagKeys())),
              Optional.ofNullable(requested.sourceIdentity()),
              Optional.of(webIdentity),
              Lineage.NONE,
              false));
    }

    private static Presented presented(Believed identity, Requested requested) {
      return new Presented(
          identity.provider(), identity.claims().idToken(), identity.keys(), requested);
    }

    private static KnownIdentity known(Believed identity, SequencedMap<String, Object> asks) {
      return new KnownIdentity(
          identity.provider().arn().toString(),
          identity.claims().audience(),
          identity.claims().subject(),
          switch (identity.voucher()) {
            case TRUST_STORE, CERTIFICATE_AUTHORITY -> "IAMTrustStore";
            case THUMBPRINT -> "Thumbprint";
            case NOBODY -> "";
          },
          asks);
    }

    /// What the token asks for, under CloudTrail's names.
    private static SequencedMap<String, Object> asked(Requested requested) {
      SequencedMap<String, Object> asked = new LinkedHashMap<>();
      Optional.ofNullable(requested.sourceIdentity())
          .ifPresent(name -> asked.put("sourceIdentity", name));
      if (!requested.principalTags().isEmpty()) {
        asked.put("principalTags", requested.principalTags());
      }
      if (!requested.transitiveTagKeys().isEmpty()) {
        asked.put("transitiveTagKeys", requested.transitiveTagKeys());
      }
      return asked;
    }

    private SessionPolicies policies() {
      try {
        return RequestedPolicies.read(
            request.policy(),
            request.policyArns(),
            new AccountId(roleArn.account()),
            identities.now());
      } catch (Refusal refusal) {
        throw refuse(refusal.error(), String.valueOf(refusal.getMessage()));
      }
    }

    private static AwsError denied(String action) {
      return new AccessDenied(NOT_AUTHORIZED + action);
    }

    /// The refusal that tells the client `error` and the operator `why`.
    private Refusal refuse(AwsError error, String why) {
      reason = why;
      decided = Optional.empty();
      return new Refusal(error);
    }

    void recordRefusal(AwsError error) {
      record(
          decided.orElseGet(() -> new Refused(error.wire().code(), reason)),
          request.roleSessionName());
    }

    private void record(Outcome outcome, String session) {
      audit.record(new RoleRequested(source, roleArn, known, session, outcome));
    }
  }
}
