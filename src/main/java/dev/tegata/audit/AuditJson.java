package dev.tegata.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.audit.AuditEvent.AccessRequested;
import dev.tegata.audit.AuditEvent.Changed;
import dev.tegata.audit.AuditEvent.JobChanged;
import dev.tegata.audit.AuditEvent.JobName;
import dev.tegata.audit.AuditEvent.ManagementRequested;
import dev.tegata.audit.AuditEvent.Outcome;
import dev.tegata.audit.AuditEvent.Outcome.Decided;
import dev.tegata.audit.AuditEvent.Outcome.Refused;
import dev.tegata.audit.AuditEvent.RoleRequested;
import dev.tegata.audit.AuditEvent.SignatureRefused;
import dev.tegata.audit.AuditEvent.TokenIssued;
import dev.tegata.audit.AuditEvent.TokenRefused;
import java.io.StringWriter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Writes events with the member names of CloudTrail where it has them.
///
/// Source:
/// <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html>
final class AuditJson {
  private static final JsonFactory JSON = new JsonFactory();

  private AuditJson() {}

  /// The event as lines of UTF-8, one for each account that it is told, with the line break at the
  /// end of each.
  static byte[] lines(AuditEvent event) {
    StringWriter lines = new StringWriter(2048); // half a surrogate pair is no fault to it
    for (SequencedMap<String, Object> record : records(event)) {
      try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), lines)) {
        write(record, json);
      }
      lines.write('\n');
    }
    return lines.toString().getBytes(UTF_8);
  }

  private static List<SequencedMap<String, Object>> records(AuditEvent event) {
    return switch (event) {
      case ManagementRequested management -> ManagementJson.of(management);
      case AccessRequested access ->
          new Recipients(access.caller().account(), access.owner())
              .records(
                  members(access),
                  "",
                  access.source().requestId() + " " + access.action() + " " + access.resource());
      case JobChanged _,
          Changed _,
          TokenIssued _,
          TokenRefused _,
          RoleRequested _,
          SignatureRefused _ ->
          List.of(members(event));
    };
  }

  /// Writes what the maps here are made of.
  private static void write(Object value, JsonGenerator json) {
    switch (value) {
      case String text -> json.writeString(text);
      case Map<?, ?> members -> {
        json.writeStartObject();
        members.forEach((name, member) -> {
          json.writeName(name.toString());
          write(member, json);
        });
        json.writeEndObject();
      }
      case Collection<?> items -> {
        json.writeStartArray();
        items.forEach(item -> write(item, json));
        json.writeEndArray();
      }
      case Boolean truth -> json.writeBoolean(truth);
      case Number number -> json.writeNumber(number.toString());
      case Optional<?> nothing when nothing.isEmpty() -> json.writeNull();
      default -> json.writeString(value.toString());
    }
  }

  private static SequencedMap<String, Object> members(AuditEvent event) {
    SequencedMap<String, Object> json = new LinkedHashMap<>();
    json.put("eventTime", event.source().time().toString());
    switch (event) {
      case JobChanged changed -> {
        json.put("eventSource", "issuer");
        json.put(
            "eventName",
            switch (changed.change()) {
              case REGISTERED -> "RegisterJob";
              case ENDED -> "EndJob";
            });
        json.put("userIdentity", Map.of("arn", changed.caller().toString()));
        json.put("recipientAccountId", changed.caller().account());
        json.put("requestParameters", job(changed.job()));
      }
      case Changed changed -> {
        json.put("eventSource", "tegata.amazonaws.com");
        json.put("eventName", changed.name());
        json.put("userIdentity", Map.of("arn", changed.caller().toString()));
        json.put("recipientAccountId", changed.caller().account());
        json.put("requestParameters", changed.parameters());
      }
      case TokenIssued issued -> {
        json.put("eventSource", "issuer");
        json.put("eventName", "IssueToken");
        SequencedMap<String, Object> parameters = job(issued.job());
        parameters.put("audience", issued.audience());
        json.put("requestParameters", parameters);
        json.put("responseElements", Map.of("subject", issued.subject()));
      }
      case TokenRefused refused -> {
        json.put("eventSource", "issuer");
        json.put("eventName", "IssueToken");
        json.put("requestParameters", job(refused.job()));
        json.put("errorCode", "Refused");
        json.put("errorMessage", refused.reason());
      }
      case RoleRequested requested -> {
        json.put("eventSource", "sts.amazonaws.com");
        json.put("eventName", "AssumeRoleWithWebIdentity");
        json.put("userIdentity", ManagementJson.webIdentityUser(requested.identity()));
        json.put(
            "requestParameters",
            object(
                "roleArn", requested.role().toString(),
                "session", requested.session(),
                "audience", requested.audience()));
        outcome(requested.outcome(), json);
      }
      case AccessRequested access -> {
        int colon = access.action().indexOf(':');
        String service = access.action().substring(0, colon).toLowerCase(Locale.ROOT);
        json.put("eventSource", service + ".amazonaws.com");
        json.put("eventName", access.action().substring(colon + 1));
        json.put("userIdentity", Map.of("arn", access.caller().toString()));
        json.put("resources", List.of(Map.of("ARN", access.resource().toString())));
        json.put("recipientAccountId", access.caller().account());
        outcome(access.outcome(), json);
      }
      case SignatureRefused refused -> {
        json.put("eventSource", refused.operation().service() + ".amazonaws.com");
        json.put("eventName", refused.operation().name());
        json.put("userIdentity", object("type", "Unknown", "accessKeyId", refused.accessKeyId()));
        outcome(refused.outcome(), json);
      }
      case ManagementRequested _ -> throw new IllegalArgumentException("has a form of its own");
    }
    json.put("sourceIPAddress", event.source().remoteAddress());
    json.put("userAgent", event.source().userAgent());
    json.put("requestID", event.source().requestId());
    return json;
  }

  private static SequencedMap<String, Object> job(JobName job) {
    return object("job", job.name(), "jobId", job.id());
  }

  /// Members in this order, so that a line looks the same each time.
  private static SequencedMap<String, Object> object(String... namesAndValues) {
    SequencedMap<String, Object> json = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      json.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return json;
  }

  private static void outcome(Outcome outcome, SequencedMap<String, Object> json) {
    if (!outcome.isAllowed()) {
      json.put(
          "errorCode",
          switch (outcome) {
            case Decided _ -> "AccessDenied";
            case Refused(var code, var _) -> code;
          });
    }
    json.put("decision", outcome.isAllowed() ? "allowed" : "refused");
    json.put("reason", outcome.sentence());
  }
}
