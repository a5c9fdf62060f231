package dev.tegata.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.arn.Arn;
import dev.tegata.audit.AuditEvent.AccessRequested;
import dev.tegata.audit.AuditEvent.Failure;
import dev.tegata.audit.AuditEvent.KnownIdentity;
import dev.tegata.audit.AuditEvent.ManagementRequested;
import dev.tegata.audit.AuditEvent.Operation;
import dev.tegata.audit.AuditEvent.RoleRequested;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;

/// The record of a request to STS or IAM in CloudTrail's shape, with two members more: `decision`
/// and `reason`, the operator's sentence.
///
/// Source:
/// <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html>
final class ManagementJson {
  private static final String EVENT_VERSION = "1.11";

  private ManagementJson() {}

  static SequencedMap<String, Object> of(ManagementRequested event) {
    SequencedMap<String, Object> json = new LinkedHashMap<>();
    Operation operation = event.operation();
    json.put("eventVersion", EVENT_VERSION);
    json.put("userIdentity", identity(event));
    json.put("eventTime", event.source().time().toString());
    json.put("eventSource", operation.service() + ".amazonaws.com");
    json.put("eventName", operation.name());
    json.put("awsRegion", operation.region());
    json.put("sourceIPAddress", event.source().remoteAddress());
    json.put("userAgent", event.source().userAgent());
    event.failure().ifPresent(failure -> put(failure, json));
    json.put("requestParameters", orNull(parameters(event)));
    json.put("responseElements", orNull(event.elements().response()));
    roles(event)
        .map(role -> role.identity().verification())
        .filter(method -> !method.isEmpty())
        .findFirst()
        .ifPresent(method ->
            json.put(
                "additionalEventData",
                Map.of("identityProviderConnectionVerificationMethod", method)));
    json.put("requestID", event.source().requestId());
    json.put(
        "eventID", UUID.nameUUIDFromBytes(event.source().requestId().getBytes(UTF_8)).toString());
    json.put("readOnly", operation.name().matches("(Get|List|AssumeRole|Decode).*"));
    json.put("resources", resources(event));
    json.put("eventType", "AwsApiCall");
    json.put("managementEvent", true);
    account(event).ifPresent(account -> json.put("recipientAccountId", account));
    json.put("eventCategory", "Management");
    json.put("decision", event.failure().isEmpty() ? "allowed" : "refused");
    json.put("reason", event.failure().isEmpty() ? grounds(event) : event.reason());
    return json;
  }

  private static void put(Failure failure, SequencedMap<String, Object> json) {
    json.put("errorCode", failure.code());
    json.put("errorMessage", failure.message());
  }

  /// What the request says, and what a token in it asks for.
  private static SequencedMap<String, Object> parameters(ManagementRequested event) {
    SequencedMap<String, Object> parameters = new LinkedHashMap<>(event.elements().request());
    roles(event).forEach(role -> parameters.putAll(role.identity().asks()));
    return parameters;
  }

  private static Object orNull(SequencedMap<String, Object> elements) {
    return elements.isEmpty() ? JsonNodeFactory.instance.nullNode() : elements;
  }

  /// The caller, or the web identity that was verified instead of one.
  private static Object identity(ManagementRequested event) {
    return roles(event)
        .findFirst()
        .<Object>map(role -> webIdentityUser(role.identity()))
        .orElse(event.identity());
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
    return Stream.concat(
            roles(event).map(RoleRequested::role), accesses(event).map(AccessRequested::resource))
        .distinct()
        .map(ManagementJson::resource)
        .toList();
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

  private static Optional<Object> account(ManagementRequested event) {
    return roles(event)
        .<Object>map(role -> role.role().account())
        .findFirst()
        .or(() -> Optional.ofNullable(event.identity().get("accountId")));
  }

  private static String grounds(ManagementRequested event) {
    return Stream.concat(
            roles(event).map(role -> role.outcome().sentence()),
            accesses(event).map(access -> access.outcome().sentence()))
        .findFirst()
        .orElse("allowed: no policy is asked");
  }

  private static Stream<RoleRequested> roles(ManagementRequested event) {
    return event.asked().stream()
        .filter(RoleRequested.class::isInstance)
        .map(RoleRequested.class::cast);
  }

  private static Stream<AccessRequested> accesses(ManagementRequested event) {
    return event.asked().stream()
        .filter(AccessRequested.class::isInstance)
        .map(AccessRequested.class::cast);
  }
}
