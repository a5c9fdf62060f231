package dev.tegata.authorization;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.audit.AuditEvent.AccessRequested;
import dev.tegata.audit.AuditEvent.Outcome;
import dev.tegata.audit.AuditEvent.Outcome.Decided;
import dev.tegata.audit.AuditEvent.Outcome.Refused;
import dev.tegata.audit.AuditEvent.Source;
import dev.tegata.audit.AuditLog;
import dev.tegata.authentication.Caller;
import dev.tegata.authentication.Caller.Federated;
import dev.tegata.authentication.Caller.RoleSession;
import dev.tegata.authentication.Caller.Root;
import dev.tegata.authentication.Caller.RootSession;
import dev.tegata.authentication.Caller.User;
import dev.tegata.authentication.Caller.UserSession;
import dev.tegata.aws.AwsError;
import dev.tegata.aws.CommonError;
import dev.tegata.aws.Refusal;
import dev.tegata.policy.Context;
import dev.tegata.policy.Decision;
import dev.tegata.policy.NamedPolicy;
import dev.tegata.policy.PolicySet;
import dev.tegata.policy.Request;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A call of a caller whose signature has been checked.
///
/// `region` is the one that answers: a signature may name any.
public record AuthorizedCall(
    Caller caller, Source source, String region, Authorization authorization, AuditLog audit)
    implements Call {
  private static final String EVERY_BUCKET = "arn:aws:s3:::*";

  /// The condition key by which a service says whose a resource is.
  private static final String OWNER = "aws:ResourceAccount";

  @Override
  public AccountId account() {
    return caller.account();
  }

  @Override
  public Optional<String> userName() {
    return switch (caller) {
      case User(var user, var _) -> Optional.of(user.name());
      case UserSession(var _, var user) -> Optional.of(user.name());
      case Root _, RootSession _, RoleSession _, Federated _ -> Optional.empty();
    };
  }

  @Override
  public Arn callerArn() {
    return caller.arn();
  }

  @Override
  public boolean isRoot() {
    return caller instanceof Root;
  }

  @Override
  public Instant time() {
    return source.time();
  }

  @Override
  public String requestId() {
    return source.requestId();
  }

  @Override
  public void require(Access access) {
    require(access, authorization.policies(caller), decision -> refusal(access, decision));
  }

  @Override
  public void require(Access access, NamedPolicy ofResource) {
    require(
        access,
        authorization.policies(caller).withResource(ofResource),
        decision -> refusal(access, decision));
  }

  /// The same by `policies`, which are more than those of the caller alone, such as its own with a
  /// role's trust policy; the client is not told which of them refused.
  public void require(Access access, PolicySet policies) {
    require(access, policies, _ -> refusal(access));
  }

  private void require(Access access, PolicySet policies, Function<Decision, String> wording) {
    Request request = request(access);
    Outcome outcome = authorization.explain(policies, request);
    record(access, outcome);
    if (outcome instanceof Decided decided && !decided.decision().isAllowed()) {
      throw new Refusal(
          new CommonError.AccessDenied(wording.apply(decided.decision())),
          authorization.messages().seal(request, decided, source));
    }
  }

  @Override
  public Refusal refused(Access access, AwsError error, String why) {
    record(access, new Refused(error.wire().code(), why));
    return new Refusal(error);
  }

  private void record(Access access, Outcome outcome) {
    String owner =
        access.context().getOrDefault(OWNER, List.of(caller.account().digits())).getFirst();
    audit.record(
        new AccessRequested(
            source, caller.arn(), access.action(), access.resource(), owner, outcome));
  }

  /// AWS's sentence where it does not tell which policies refused.
  public String refusal(Access access) {
    return "User: %s is not authorized to perform: %s on resource: %s"
        .formatted(caller.arn(), access.action(), access.resource());
  }

  @Override
  public boolean allows(Access access) {
    return authorization.decide(caller, request(access)).isAllowed();
  }

  private Request request(Access access) {
    Context.Builder context = RequestContext.of(source, region);
    RequestContext.put(caller, source.time(), context);
    RequestContext.put(access.resource(), caller, context);
    RequestContext.put(access.context(), context);
    return new Request(caller.principal(), access.action(), access.resource(), context.build());
  }

  /// AWS's sentence. S3 puts the resource in quotes, and leaves it out where it is every bucket.
  private String refusal(Access access, Decision decision) {
    boolean isS3 = access.action().startsWith("s3:");
    String resource = access.resource().toString();
    String on =
        isS3
            ? resource.equals(EVERY_BUCKET) ? "" : " on resource: \"" + resource + "\""
            : " on resource: " + resource;
    return "User: %s is not authorized to perform: %s%s %s"
        .formatted(caller.arn(), access.action(), on, decision.awsReason(access.action()));
  }
}
