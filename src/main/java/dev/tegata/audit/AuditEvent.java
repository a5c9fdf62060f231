package dev.tegata.audit;

import dev.tegata.arn.Arn;
import dev.tegata.policy.Decision;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/// One thing that was asked, and what came of it.
public sealed interface AuditEvent {
  Source source();

  /// Which request it was, when it came, and from where; `requestId` is the one that the client was
  /// told.
  record Source(
      Instant time, String requestId, String remoteAddress, String userAgent, boolean secure) {}

  /// A job that may ask for tokens: what it is called, and the id of its registration, which no
  /// other has.
  record JobName(String name, String id) {}

  /// A caller, named by its ARN, registered a job or ended it.
  record JobChanged(Source source, Arn caller, JobName job, JobChange change)
      implements AuditEvent {}

  /// What became of a job.
  enum JobChange {
    REGISTERED,
    ENDED
  }

  /// A caller, named by its ARN, changed something through Tegata's own interface: `name` is what
  /// it did, such as `CreateRevocation`, and `parameters` to what.
  record Changed(Source source, Arn caller, String name, SequencedMap<String, String> parameters)
      implements AuditEvent {}

  /// The issuer signed a token for a job.
  record TokenIssued(Source source, JobName job, String subject, String audience)
      implements AuditEvent {}

  /// The issuer did not.
  record TokenRefused(Source source, JobName job, String reason) implements AuditEvent {}

  /// A web identity asked for a role. What is known of it is empty until it is verified; `session`
  /// is the ARN that was given, or the name that was asked for.
  record RoleRequested(
      Source source, Arn role, KnownIdentity identity, String session, Outcome outcome)
      implements AuditEvent {
    public String subject() {
      return identity.subject();
    }

    public String audience() {
      return identity.audience();
    }
  }

  /// A web identity that was verified: the ARN of its provider, and what its token says.
  /// `verification` is CloudTrail's word for how the issuer's server was known, empty where there
  /// was none; `asks` is what the token asks for beside the role.
  record KnownIdentity(
      String provider,
      String audience,
      String subject,
      String verification,
      SequencedMap<String, Object> asks) {
    /// One that is not verified yet.
    public static final KnownIdentity NONE = new KnownIdentity("", "", "");

    /// One that asks for nothing else.
    public KnownIdentity(String provider, String audience, String subject) {
      this(provider, audience, subject, "", new LinkedHashMap<>());
    }
  }

  /// A caller, named by its ARN, asked to do something with a resource of the account `owner`,
  /// which is the caller's own where nobody knows better.
  record AccessRequested(
      Source source, Arn caller, String action, Arn resource, String owner, Outcome outcome)
      implements AuditEvent {

    /// Whether the resource is of another account than the caller.
    boolean isAcrossAccounts() {
      return !owner.equals(caller.account());
    }
  }

  /// Credentials were not good, so nobody is known to have asked. `accessKeyId` is the one that was
  /// claimed, if one was.
  record SignatureRefused(
      Source source, Operation operation, String accessKeyId, Outcome.Refused outcome)
      implements AuditEvent {}

  /// A request to STS or IAM from its coming to its answer: who asked, what was asked of the
  /// policies on the way, and how it ended.
  record ManagementRequested(
      Source source,
      Operation operation,
      SequencedMap<String, Object> identity,
      Elements elements,
      List<AuditEvent> asked,
      Optional<Failure> failure)
      implements AuditEvent {
    public ManagementRequested {
      asked = List.copyOf(asked);
    }

    /// What there is to tell, one by one: what the policies said, and the failure where they are
    /// not its reason.
    public List<AuditEvent> told() {
      boolean explained =
          asked.stream()
              .flatMap(event -> outcome(event).stream())
              .anyMatch(outcome -> !outcome.isAllowed());
      return failure.isEmpty() || explained
          ? asked
          : Stream.concat(asked.stream(), Stream.of(this)).toList();
    }

    /// The operator's sentence for a request that failed.
    public String reason() {
      return asked.stream()
          .flatMap(event -> outcome(event).stream())
          .filter(outcome -> !outcome.isAllowed())
          .map(Outcome::sentence)
          .findFirst()
          .or(() -> failure.map(it -> it.code() + ": " + it.message()))
          .orElse("");
    }

    private static Optional<Outcome> outcome(AuditEvent event) {
      return switch (event) {
        case RoleRequested role -> Optional.of(role.outcome());
        case AccessRequested access -> Optional.of(access.outcome());
        case SignatureRefused refused -> Optional.of(refused.outcome());
        case JobChanged _, Changed _, TokenIssued _, TokenRefused _, ManagementRequested _ ->
            Optional.empty();
      };
    }
  }

  /// What was asked for: `AssumeRole` of `sts`, in `us-east-1`. The name is empty where the request
  /// has none.
  record Operation(String service, String name, String region) {
    @Override
    public String toString() {
      return service + ":" + (name.isEmpty() ? "?" : name);
    }
  }

  /// What the request and the answer said, without secrets.
  record Elements(SequencedMap<String, Object> request, SequencedMap<String, Object> response) {}

  /// What the client was told.
  record Failure(String code, String message) {}

  /// How it ended.
  sealed interface Outcome {

    /// Policies were asked, and said this; `explanation` is the operator's sentence.
    record Decided(Decision decision, String explanation) implements Outcome {}

    /// It did not come to the policies: the client was told `code`, the operator is told `reason`.
    record Refused(String code, String reason) implements Outcome {}

    default boolean isAllowed() {
      return this instanceof Decided(var decision, var _) && decision.isAllowed();
    }

    /// The operator's sentence.
    default String sentence() {
      return switch (this) {
        case Decided(var _, var explanation) -> explanation;
        case Refused(var code, var reason) -> code + ": " + reason;
      };
    }
  }
}
