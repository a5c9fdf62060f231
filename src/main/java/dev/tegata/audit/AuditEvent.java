package dev.tegata.audit;

import dev.tegata.arn.Arn;
import dev.tegata.policy.Decision;
import java.time.Instant;

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

  /// The issuer signed a token for a job.
  record TokenIssued(Source source, JobName job, String subject, String audience)
      implements AuditEvent {}

  /// The issuer did not.
  record TokenRefused(Source source, JobName job, String reason) implements AuditEvent {}

  /// A web identity asked for a role. `subject` and `audience` are empty until they are verified;
  /// `session` is the ARN that was given, or the one that was asked for.
  record RoleRequested(
      Source source, Arn role, String subject, String audience, String session, Outcome outcome)
      implements AuditEvent {}

  /// A caller, named by its ARN, asked to do something with a resource.
  record AccessRequested(Source source, Arn caller, String action, Arn resource, Outcome outcome)
      implements AuditEvent {}

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
