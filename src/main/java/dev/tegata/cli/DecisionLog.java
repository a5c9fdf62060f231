package dev.tegata.cli;

import dev.tegata.audit.AuditEvent;
import dev.tegata.audit.AuditEvent.AccessRequested;
import dev.tegata.audit.AuditEvent.JobChanged;
import dev.tegata.audit.AuditEvent.Outcome;
import dev.tegata.audit.AuditEvent.RoleRequested;
import dev.tegata.audit.AuditEvent.TokenIssued;
import dev.tegata.audit.AuditEvent.TokenRefused;
import dev.tegata.audit.AuditLog;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;

/// Tells an operator of each decision, in a line, with the request id that the client was told.
record DecisionLog(PrintWriter out) implements AuditLog {

  @Override
  public void record(AuditEvent event) {
    out.println(
        "%s %s %s"
            .formatted(
                event.source().time().truncatedTo(ChronoUnit.MILLIS),
                event.source().requestId(),
                Printable.of(sentence(event))
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .collect(Collectors.joining(" | "))));
    out.flush();
  }

  private static String sentence(AuditEvent event) {
    return switch (event) {
      case JobChanged(var _, var caller, var job, var change) ->
          "%s job %s (%s) by %s".formatted(change, job.name(), job.id(), caller);
      case TokenIssued(var _, var job, var subject, var audience) ->
          "ALLOWED ID token for job %s: %s, audience %s".formatted(job.name(), subject, audience);
      case TokenRefused(var _, var job, var reason) ->
          "REFUSED ID token for job %s: %s".formatted(job.name(), reason);
      case RoleRequested(var _, var role, var subject, var _, var _, var outcome) ->
          "%s AssumeRoleWithWebIdentity %s for `%s`: %s"
              .formatted(word(outcome), role, subject, outcome.sentence());
      case AccessRequested(var _, var caller, var action, var resource, var outcome) ->
          "%s %s on %s for %s: %s"
              .formatted(word(outcome), action, resource, caller, outcome.sentence());
    };
  }

  private static String word(Outcome outcome) {
    return outcome.isAllowed() ? "ALLOWED" : "REFUSED";
  }
}
