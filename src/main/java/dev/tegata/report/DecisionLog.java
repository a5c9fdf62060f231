package dev.tegata.report;

import dev.tegata.audit.AuditEvent;
import dev.tegata.audit.AuditEvent.AccessRequested;
import dev.tegata.audit.AuditEvent.Changed;
import dev.tegata.audit.AuditEvent.JobChanged;
import dev.tegata.audit.AuditEvent.ManagementRequested;
import dev.tegata.audit.AuditEvent.Outcome;
import dev.tegata.audit.AuditEvent.RoleRequested;
import dev.tegata.audit.AuditEvent.SignatureRefused;
import dev.tegata.audit.AuditEvent.TokenIssued;
import dev.tegata.audit.AuditEvent.TokenRefused;
import dev.tegata.audit.AuditLog;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;

/// Tells an operator of each decision, in a line, with the request id that the client was told.
public record DecisionLog(PrintWriter out) implements AuditLog {

  @Override
  public void record(AuditEvent event) {
    if (event instanceof ManagementRequested management && !management.told().isEmpty()) {
      management.told().forEach(this::print);
    } else {
      print(event);
    }
    out.flush();
  }

  private void print(AuditEvent event) {
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
  }

  private static String sentence(AuditEvent event) {
    return switch (event) {
      case JobChanged(var _, var caller, var job, var change) ->
          "%s job %s (%s) by %s".formatted(change, job.name(), job.id(), caller);
      case Changed(var _, var caller, var name, var parameters) ->
          "%s %s by %s".formatted(name, parameters, caller);
      case TokenIssued(var _, var job, var subject, var audience) ->
          "ALLOWED ID token for job %s: %s, audience %s".formatted(job.name(), subject, audience);
      case TokenRefused(var _, var job, var reason) ->
          "REFUSED ID token for job %s: %s".formatted(job.name(), reason);
      case ManagementRequested management when management.failure().isPresent() ->
          "REFUSED %s for %s: %s"
              .formatted(
                  management.operation(),
                  management.identity().getOrDefault("arn", "nobody known"),
                  management.reason());
      case ManagementRequested management ->
          "ALLOWED %s for %s"
              .formatted(management.operation(), management.identity().getOrDefault("arn", "?"));
      case SignatureRefused refused ->
          "REFUSED %s for access key `%s`: %s"
              .formatted(refused.operation(), refused.accessKeyId(), refused.outcome().sentence());
      case RoleRequested(var _, var role, var identity, var _, var outcome) ->
          "%s AssumeRoleWithWebIdentity %s for `%s`: %s"
              .formatted(word(outcome), role, identity.subject(), outcome.sentence());
      case AccessRequested(var _, var caller, var action, var resource, var _, var outcome) ->
          "%s %s on %s for %s: %s"
              .formatted(word(outcome), action, resource, caller, outcome.sentence());
    };
  }

  private static String word(Outcome outcome) {
    return outcome.isAllowed() ? "ALLOWED" : "REFUSED";
  }
}
