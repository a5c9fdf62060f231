package dev.tegata.api;

import dev.tegata.arn.Arn;
import dev.tegata.audit.AuditEvent;
import dev.tegata.authorization.AuthorizedCall;
import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.CommonError;
import dev.tegata.aws.Refusal;
import dev.tegata.http.HttpResponse;
import dev.tegata.json.JsonValue;
import dev.tegata.json.JsonValue.JsonObject;
import dev.tegata.sigv4.SignatureReading.SignedRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A request whose signer is known, with its body.
record ApiCall(SignedRequest signed, String body, AuthorizedCall call, ApiAccess access) {
  static final String JSON = "application/json; charset=utf-8";

  Instant time() {
    return call.time();
  }

  /// A resource of Tegata's in the caller's account.
  Arn resource(String resource) {
    return access.resource(call.caller(), resource);
  }

  /// @throws Refusal when the policies do not allow it
  void require(String action, Arn resource, Map<String, List<String>> context) {
    call.require(new Access(action, resource, context));
  }

  /// The same for what is of the whole server, which is in the hands of one account.
  ///
  /// @throws Refusal when the policies do not allow it, or the caller is of another account
  void requireManaging(String action, Arn resource) {
    requireManaging(action, resource, Map.of());
  }

  void requireManaging(String action, Arn resource, Map<String, List<String>> context) {
    access.requireManaging(call, new Access(action, resource, context));
  }

  void record(AuditEvent event) {
    call.audit().record(event);
  }

  /// The body as an object.
  ///
  /// @throws Refusal when it is none
  JsonObject json() {
    try {
      return JsonObject.parse(body.isBlank() ? "{}" : body);
    } catch (IllegalArgumentException e) {
      throw invalid("the body is to be a JSON object: " + e.getMessage());
    }
  }

  static Refusal invalid(String message) {
    return new Refusal(new CommonError.ValidationError(message));
  }

  static HttpResponse answer(int status, JsonValue json) {
    return HttpResponse.text(status, JSON, json.toJson() + "\n");
  }
}
