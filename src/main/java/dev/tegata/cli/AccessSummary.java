package dev.tegata.cli;

import dev.tegata.arn.Arn;
import dev.tegata.audit.AuditEvent;
import dev.tegata.audit.AuditEvent.AccessRequested;
import dev.tegata.audit.AuditEvent.JobChanged;
import dev.tegata.audit.AuditEvent.Outcome;
import dev.tegata.audit.AuditEvent.RoleRequested;
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

/// Keeps what was asked in a run, and tells it at the end: who got in where, and which statement
/// decided.
final class AccessSummary implements AuditLog {
  private final List<AuditEvent> events = new CopyOnWriteArrayList<>();

  @Override
  public void record(AuditEvent event) {
    events.add(event);
  }

  /// The summary as lines for people. Accesses that are alike are told once, with their number.
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("Accesses");
    if (events.isEmpty()) {
      lines.add("  none: no job asked for an ID token, a role or a resource");
    }
    String previous = "";
    int times = 0;
    for (AuditEvent event : events) {
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
      case RoleRequested(var _, var role, var subject, var _, var _, var outcome) ->
          """
            %s sts:AssumeRoleWithWebIdentity  %s
                %s
          """
              .formatted(
                  mark(outcome),
                  role,
                  (subject.isEmpty() ? "" : "subject   " + subject + "\n      ")
                      + indented(outcome));
      case AccessRequested(var _, var caller, var action, var resource, var outcome) ->
          """
            %s %s  %s
                as        %s
                %s
          """
              .formatted(mark(outcome), action, resource, shortName(caller), indented(outcome));
    };
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
  List<SortedMap<String, Object>> values() {
    return events.stream()
        .<SortedMap<String, Object>>map(event -> new TreeMap<>(value(event)))
        .toList();
  }

  private static Map<String, Object> value(AuditEvent event) {
    return switch (event) {
      case JobChanged(var _, var caller, var job, var change) ->
          Map.of(
              "event", "job",
              "job", job.name(),
              "caller", caller.toString(),
              "change", change.name().toLowerCase(Locale.ROOT));
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
      case RoleRequested(var _, var role, var subject, var audience, var _, var outcome) ->
          Map.of(
              "event",
              "role",
              "role",
              role.toString(),
              "subject",
              subject,
              "audience",
              audience,
              "allowed",
              outcome.isAllowed(),
              "reason",
              outcome.sentence());
      case AccessRequested(var _, var caller, var action, var resource, var outcome) ->
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
