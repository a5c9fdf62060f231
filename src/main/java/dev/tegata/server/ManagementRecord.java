package dev.tegata.server;

import dev.tegata.audit.AuditEvent;
import dev.tegata.audit.AuditEvent.Elements;
import dev.tegata.audit.AuditEvent.Failure;
import dev.tegata.audit.AuditEvent.ManagementRequested;
import dev.tegata.audit.AuditEvent.Operation;
import dev.tegata.audit.AuditEvent.Outcome.Refused;
import dev.tegata.audit.AuditEvent.SignatureRefused;
import dev.tegata.audit.AuditEvent.Source;
import dev.tegata.audit.AuditLog;
import dev.tegata.authentication.Caller;
import dev.tegata.authentication.RecordedIdentity;
import dev.tegata.aws.AwsError;
import dev.tegata.aws.Exchange;
import dev.tegata.aws.RecordedShape;
import dev.tegata.http.Query;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkPojo;

/// The one record of a request to STS or IAM, while it comes together. Used by one request's
/// thread.
final class ManagementRecord implements AuditLog {
  private static final Pattern NAME = Pattern.compile("[A-Za-z]{1,64}");
  private static final List<String> ONLY_LOOKS = List.of("List", "Decode", "Get");

  /// Operations that look, and give credentials or a token all the same.
  private static final Set<String> GIVES =
      Set.of("GetSessionToken", "GetFederationToken", "GetWebIdentityToken");

  private final Source source;
  private final String service;
  private final Exchange exchange;
  private final List<AuditEvent> asked = new ArrayList<>();
  private String operation = "";
  private SequencedMap<String, Object> identity;

  /// A request for `service`, signed with `accessKeyId` as it says; empty where it is not signed.
  ManagementRecord(Source source, String service, String accessKeyId) {
    this.source = source;
    this.service = service;
    this.exchange = new Exchange(source.requestId());
    this.identity = RecordedIdentity.unknown(accessKeyId);
  }

  /// What the form asks for, be it known here or not.
  void asksFor(Query form) {
    operation = form.first("Action").filter(name -> NAME.matcher(name).matches()).orElse("");
  }

  void isSignedBy(Caller caller, String accessKeyId) {
    identity = RecordedIdentity.of(caller, accessKeyId);
  }

  Source source() {
    return source;
  }

  Exchange exchange() {
    return exchange;
  }

  /// Takes note of what was asked of the policies.
  @Override
  public void record(AuditEvent event) {
    asked.add(event);
  }

  /// The request did not come to the policies, for a `reason` that the client is not told.
  void refusedFor(String reason, AwsError error, String accessKeyId) {
    record(
        new SignatureRefused(
            source,
            new Operation(service, operation, TegataServer.REGION),
            accessKeyId,
            new Refused(error.wire().code(), reason)));
  }

  ManagementRequested answered() {
    return finished(Optional.empty());
  }

  ManagementRequested refused(AwsError error) {
    return finished(Optional.of(new Failure(error.wire().code(), error.wire().message())));
  }

  /// The request was not one for a service, for the reason that `failure` tells.
  ManagementRequested ended(Failure failure) {
    return finished(Optional.of(failure));
  }

  private ManagementRequested finished(Optional<Failure> failure) {
    boolean tells =
        failure.isEmpty()
            && (GIVES.contains(operation) || ONLY_LOOKS.stream().noneMatch(operation::startsWith));
    return new ManagementRequested(
        source,
        new Operation(service, operation, TegataServer.REGION),
        identity,
        new Elements(
            members(exchange.request()),
            tells ? members(exchange.answer()) : new LinkedHashMap<>()),
        asked,
        failure);
  }

  private static SequencedMap<String, Object> members(Optional<SdkPojo> shape) {
    return shape.map(RecordedShape::of).orElseGet(LinkedHashMap::new);
  }
}
