package dev.tegata.report;

import dev.tegata.arn.Arn;
import dev.tegata.audit.AuditEvent;
import dev.tegata.audit.AuditEvent.AccessRequested;
import dev.tegata.audit.AuditEvent.Changed;
import dev.tegata.audit.AuditEvent.JobChanged;
import dev.tegata.audit.AuditEvent.ManagementRequested;
import dev.tegata.audit.AuditEvent.Operation;
import dev.tegata.audit.AuditEvent.Outcome;
import dev.tegata.audit.AuditEvent.RoleRequested;
import dev.tegata.audit.AuditEvent.SignatureRefused;
import dev.tegata.audit.AuditEvent.TokenIssued;
import dev.tegata.audit.AuditEvent.TokenRefused;
import dev.tegata.audit.AuditLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Keeps what was asked in a run, and tells it at the end: who got in where, and which statement
/// decided.
public final class AccessSummary implements AuditLog {
  private final List<AuditEvent> events = new CopyOnWriteArrayList<>();

  @Override
  public void record(AuditEvent event) {
    events.add(event);
  }

  /// The summary as lines for people. Accesses that are alike are told once, with their number.
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("Accesses");
    if (shown().isEmpty()) {
      lines.add("  none: no job asked for an ID token, a role or a resource");
    }
    String previous = "";
    int times = 0;
    for (AuditEvent event : shown()) {
      String text = Printable.of(text(event));
      if (text.equals(previous)) {
        times++;
        continue;
      }
      repeat(times, lines);
      text.lines().forEach(lines::add);
      previous = text;
      times = 1;
    }
    repeat(times, lines);
    return lines;
  }

  /// Every question to the policies by itself, and what was refused before it came to them. Who
  /// only asks who it is needs no line.
  private List<AuditEvent> shown() {
    return events.stream()
        .flatMap(event ->
            event instanceof ManagementRequested management
                ? management.told().stream()
                : Stream.of(event))
        .toList();
  }

  private static void repeat(int times, List<String> lines) {
    if (times > 1) {
      lines.add("      " + times + " times");
    }
  }

  private static String text(AuditEvent event) {
    return switch (event) {
      case JobChanged(var _, var caller, var job, var change) ->
          """
            ✓ job %s %s
                as        %s
          """
              .formatted(job.name(), change.name().toLowerCase(Locale.ROOT), shortName(caller));
      case Changed(var _, var caller, var name, var parameters) ->
          """
            ✓ %s %s
                as        %s
          """
              .formatted(name, parameters, shortName(caller));
      case TokenIssued(var _, var job, var subject, var audience) ->
          """
            ✓ ID token for job %s
                subject   %s
                audience  %s
          """
              .formatted(job.name(), subject, audience);
      case TokenRefused(var _, var job, var reason) ->
          """
            ✗ ID token for job %s
                %s
          """
              .formatted(job.name(), reason);
      case ManagementRequested management -> refusal(management.operation(), management.reason());
      case SignatureRefused refused -> refusal(refused.operation(), refused.outcome().sentence());
      case RoleRequested(var _, var role, var identity, var _, var outcome) ->
          """
            %s sts:AssumeRoleWithWebIdentity  %s
                %s
          """
              .formatted(
                  mark(outcome),
                  role,
                  (identity.subject().isEmpty()
                          ? ""
                          : "subject   " + identity.subject() + "\n      ")
                      + indented(outcome));
      case AccessRequested(var _, var caller, var action, var resource, var _, var outcome) ->
          """
            %s %s  %s
                as        %s
                %s
          """
              .formatted(mark(outcome), action, resource, shortName(caller), indented(outcome));
    };
  }

  private static String refusal(Operation operation, String reason) {
    return """
      ✗ %s
          because   %s
    """
        .formatted(operation, reason);
  }

  private static String mark(Outcome outcome) {
    return outcome.isAllowed() ? "✓" : "✗";
  }

  private static String indented(Outcome outcome) {
    return "because   "
        + outcome
            .sentence()
            .lines()
            .filter(line -> !line.isBlank())
            .collect(Collectors.joining("\n                  "));
  }

  /// `assumed-role/deploy/ci`, without what is the same in every line.
  private static String shortName(Arn caller) {
    return caller.resource();
  }

  /// The summary as values for a program, in the order in which things happened.
  public List<SortedMap<String, Object>> values() {
    return shown().stream()
        .<SortedMap<String, Object>>map(event -> new TreeMap<>(value(event)))
        .toList();
  }

  private static Map<String, Object> refused(Operation operation, String reason) {
    return Map.of(
        "event", "request", "operation", operation.toString(), "allowed", false, "reason", reason);
  }

  private static Map<String, Object> value(AuditEvent event) {
    return switch (event) {
      case JobChanged(var _, var caller, var job, var change) ->
          Map.of(
              "event", "job",
              "job", job.name(),
              "caller", caller.toString(),
              "change", change.name().toLowerCase(Locale.ROOT));
      case Changed(var _, var caller, var name, var parameters) ->
          Map.of(
              "event",
              "change",
              "name",
              name,
              "caller",
              caller.toString(),
              "parameters",
              parameters);
      case TokenIssued(var _, var job, var subject, var audience) ->
          Map.of(
              "event",
              "token",
              "job",
              job.name(),
              "subject",
              subject,
              "audience",
              audience,
              "allowed",
              true);
      case TokenRefused(var _, var job, var reason) ->
          Map.of("event", "token", "job", job.name(), "allowed", false, "reason", reason);
      case ManagementRequested management -> refused(management.operation(), management.reason());
      case SignatureRefused refused -> refused(refused.operation(), refused.outcome().sentence());
      case RoleRequested(var _, var role, var identity, var _, var outcome) ->
          Map.of(
              "event",
              "role",
              "role",
              role.toString(),
              "subject",
              identity.subject(),
              "audience",
              identity.audience(),
              "allowed",
              outcome.isAllowed(),
              "reason",
              outcome.sentence());
      case AccessRequested(var _, var caller, var action, var resource, var _, var outcome) ->
          Map.of(
              "event", "access",
              "caller", caller.toString(),
              "action", action,
              "resource", resource.toString(),
              "allowed", outcome.isAllowed(),
              "reason", outcome.sentence());
    };
  }
}
