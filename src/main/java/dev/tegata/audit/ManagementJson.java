package dev.tegata.audit;

import dev.tegata.arn.Arn;
import dev.tegata.audit.AuditEvent.AccessRequested;
import dev.tegata.audit.AuditEvent.Failure;
import dev.tegata.audit.AuditEvent.KnownIdentity;
import dev.tegata.audit.AuditEvent.ManagementRequested;
import dev.tegata.audit.AuditEvent.Operation;
import dev.tegata.audit.AuditEvent.RoleRequested;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.stream.Stream;

/// The record of a request to STS or IAM in CloudTrail's shape, with two members more: `decision`
/// and `reason`, the operator's sentence.
///
/// Source:
/// <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html>
final class ManagementJson {
  private static final String EVENT_VERSION = "1.11";
  private static final List<String> READING = List.of("Get", "List", "AssumeRole", "Decode");

  private ManagementJson() {}

  /// One record, or two where a caller of one account got at what is of another: that account
  /// learns of it as well. Of what was refused only the caller's account learns.
  static List<SequencedMap<String, Object>> of(ManagementRequested event) {
    String caller = String.valueOf(event.identity().getOrDefault("accountId", ""));
    String owner =
        event.asked().stream()
            .filter(_ -> event.failure().isEmpty())
            .flatMap(ManagementJson::otherOwner)
            .findFirst()
            .orElse(caller);
    return new Recipients(caller, owner)
        .records(
            record(event),
            String.valueOf(event.identity().getOrDefault("principalId", "")),
            event.source().requestId());
  }

  private static Stream<String> otherOwner(AuditEvent asked) {
    return asked instanceof AccessRequested access && access.isAcrossAccounts()
        ? Stream.of(access.owner())
        : Stream.empty();
  }

  private static SequencedMap<String, Object> record(ManagementRequested event) {
    SequencedMap<String, Object> json = new LinkedHashMap<>();
    Operation operation = event.operation();
    Optional<RoleRequested> role = role(event);
    json.put("eventVersion", EVENT_VERSION);
    json.put(
        "userIdentity",
        role.isPresent() ? webIdentityUser(role.get().identity()) : event.identity());
    json.put("eventTime", event.source().time().toString());
    json.put("eventSource", operation.service() + ".amazonaws.com");
    json.put("eventName", operation.name());
    json.put("awsRegion", operation.region());
    json.put("sourceIPAddress", event.source().remoteAddress());
    json.put("userAgent", event.source().userAgent());
    event.failure().ifPresent(failure -> put(failure, json));
    SequencedMap<String, Object> parameters = new LinkedHashMap<>(event.elements().request());
    role.ifPresent(it -> parameters.putAll(it.identity().asks()));
    json.put("requestParameters", orNull(parameters));
    json.put("responseElements", orNull(event.elements().response()));
    role.map(it -> it.identity().verification())
        .filter(method -> !method.isEmpty())
        .ifPresent(method ->
            json.put(
                "additionalEventData",
                Map.of("identityProviderConnectionVerificationMethod", method)));
    json.put("requestID", event.source().requestId());
    json.put("eventID", Recipients.id(event.source().requestId()));
    json.put("readOnly", READING.stream().anyMatch(operation.name()::startsWith));
    json.put("resources", resources(event));
    json.put("eventType", "AwsApiCall");
    json.put("managementEvent", true);
    role.<Object>map(it -> it.role().account())
        .or(() -> Optional.ofNullable(event.identity().get("accountId")))
        .ifPresent(account -> json.put("recipientAccountId", account));
    json.put("eventCategory", "Management");
    json.put("decision", event.failure().isEmpty() ? "allowed" : "refused");
    json.put("reason", event.failure().isEmpty() ? grounds(event) : event.reason());
    return json;
  }

  private static void put(Failure failure, SequencedMap<String, Object> json) {
    json.put("errorCode", failure.code());
    json.put("errorMessage", failure.message());
  }

  private static Object orNull(SequencedMap<String, Object> elements) {
    return elements.isEmpty() ? Optional.empty() : elements;
  }

  static SequencedMap<String, Object> webIdentityUser(KnownIdentity identity) {
    SequencedMap<String, Object> json = new LinkedHashMap<>();
    json.put("type", "WebIdentityUser");
    if (!identity.provider().isEmpty()) {
      json.put(
          "principalId",
          identity.provider() + ":" + identity.audience() + ":" + identity.subject());
      json.put("userName", identity.subject());
      json.put("identityProvider", identity.provider());
    }
    return json;
  }

  private static List<Map<String, String>> resources(ManagementRequested event) {
    SequencedSet<Arn> asked = new LinkedHashSet<>();
    for (AuditEvent each : event.asked()) {
      switch (each) {
        case RoleRequested role -> asked.add(role.role());
        case AccessRequested access -> asked.add(access.resource());
        default -> {}
      }
    }
    return asked.stream().map(ManagementJson::resource).toList();
  }

  private static Map<String, String> resource(Arn arn) {
    SequencedMap<String, String> json = new LinkedHashMap<>();
    json.put("accountId", arn.account());
    if (arn.resource().startsWith("role/")) {
      json.put("type", "AWS::IAM::Role");
    }
    json.put("ARN", arn.toString());
    return json;
  }

  private static String grounds(ManagementRequested event) {
    for (AuditEvent each : event.asked()) {
      if (each instanceof RoleRequested role) {
        return role.outcome().sentence();
      }
      if (each instanceof AccessRequested access) {
        return access.outcome().sentence();
      }
    }
    return "allowed: no policy is asked";
  }

  /// The role that a web identity asked for.
  private static Optional<RoleRequested> role(ManagementRequested event) {
    for (AuditEvent each : event.asked()) {
      if (each instanceof RoleRequested role) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }
}
