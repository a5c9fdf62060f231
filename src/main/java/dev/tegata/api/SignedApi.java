package dev.tegata.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.audit.AuditEvent.Operation;
import dev.tegata.audit.AuditEvent.Outcome.Refused;
import dev.tegata.audit.AuditEvent.SignatureRefused;
import dev.tegata.audit.AuditEvent.Source;
import dev.tegata.authentication.Authenticator;
import dev.tegata.authentication.Authenticator.Authenticated;
import dev.tegata.authentication.CredentialErrors;
import dev.tegata.authentication.QueryCredentialErrors;
import dev.tegata.aws.AwsError;
import dev.tegata.aws.CommonError;
import dev.tegata.aws.IamError;
import dev.tegata.aws.Refusal;
import dev.tegata.http.Headers;
import dev.tegata.http.HttpRequest;
import dev.tegata.http.HttpResponse;
import dev.tegata.json.JsonValue.JsonObject;
import dev.tegata.sigv4.Payload.Hashed;
import dev.tegata.sigv4.SignatureFault;
import dev.tegata.sigv4.SignatureReading;
import dev.tegata.sigv4.SignatureReading.SignedRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/// Answers requests below `/_/api/` that are signed with Signature Version 4 for the service
/// `tegata`.
public final class SignedApi {
  /// Where it is.
  public static final String PATH = "/_/api/";

  private static final String SERVICE = "tegata";
  private static final int MAX_BODY_BYTES = 256 * 1024;
  private static final Refused TOO_LONG =
      new Refused("RequestEntityTooLarge", "the body is longer than " + MAX_BODY_BYTES + " bytes");
  private static final CredentialErrors ERRORS = new QueryCredentialErrors();

  private final Authenticator authenticator;
  private final ApiAccess access;
  private final Operations operations;

  public SignedApi(Authenticator authenticator, ApiAccess access, Operations operations) {
    this.authenticator = authenticator;
    this.access = access;
    this.operations = operations;
  }

  /// What can be asked for.
  public record Operations(
      AccountsApi accounts,
      JobsApi jobs,
      KeysApi keys,
      TokensApi tokens,
      RevocationsApi revocations,
      KeyRetrievalApi keyRetrieval) {}

  /// Answers a request below [#PATH].
  public HttpResponse answer(HttpRequest request, Source source) {
    try {
      byte[] body = request.body().readNBytes(MAX_BODY_BYTES + 1);
      if (body.length > MAX_BODY_BYTES) {
        access.refused(source, claimedKey(request), TOO_LONG);
        return HttpResponse.empty(413, Headers.of("Content-Length", "0"));
      }
      return route(known(request.withBody(new ByteArrayInputStream(body)), body, source));
    } catch (Refusal refusal) {
      return refuse(refusal.error(), source);
    } catch (IOException e) {
      AwsError cut = new CommonError.MalformedInput("the body ends before its end");
      access.refused(
          source, claimedKey(request), new Refused(cut.wire().code(), cut.wire().message()));
      return refuse(cut, source);
    }
  }

  private ApiCall known(HttpRequest request, byte[] body, Source source) {
    try {
      return call(request, body, source);
    } catch (Refusal refusal) {
      AwsError.Wire wire = refusal.error().wire();
      access.refused(source, claimedKey(request), new Refused(wire.code(), wire.message()));
      throw refusal;
    }
  }

  /// The id of the access key that the request says it is signed with.
  private static String claimedKey(HttpRequest request) {
    return SignatureReading.of(request) instanceof SignedRequest signed
        ? signed.signature().accessKeyId()
        : "";
  }

  private ApiCall call(HttpRequest request, byte[] body, Source source) {
    return switch (SignatureReading.of(request)) {
      case SignatureReading.Unsigned() ->
          throw new Refusal(new CommonError.MissingAuthenticationToken());
      case SignatureFault fault -> throw new Refusal(ERRORS.fault(fault, ""));
      case SignedRequest signed -> {
        if (!signed.signature().scope().service().equals(SERVICE)) {
          throw new Refusal(
              new CommonError.SignatureDoesNotMatch(
                  "Credential should be scoped to correct service: '" + SERVICE + "'"));
        }
        Authenticated authenticated = authenticate(signed, body, source);
        yield new ApiCall(
            signed, new String(body, UTF_8), access.call(authenticated.caller(), source), access);
      }
    };
  }

  /// Finds out who signed. Where it is for the operator alone why somebody is refused, it is told.
  private Authenticated authenticate(SignedRequest signed, byte[] body, Source source) {
    try {
      return authenticator.authenticate(signed, Hashed.of(body), source.time(), ERRORS);
    } catch (Refusal refusal) {
      if (!refusal.reason().isEmpty()) {
        access
            .audit()
            .record(
                new SignatureRefused(
                    source,
                    new Operation(SERVICE, "", access.region()),
                    signed.signature().accessKeyId(),
                    new Refused(refusal.error().wire().code(), refusal.reason())));
      }
      throw refusal;
    }
  }

  private HttpResponse route(ApiCall call) {
    HttpRequest request = call.signed().request();
    String path = request.rawPath().substring(PATH.length());
    if (path.equals("jobs") || path.startsWith("jobs/")) {
      return operations.jobs().answer(call, path.substring("jobs".length()));
    }
    if (path.equals("accounts") || path.startsWith("accounts/")) {
      return operations.accounts().answer(call, path.substring("accounts".length()));
    }
    if (path.equals("revocations") || path.startsWith("revocations/")) {
      return operations.revocations().answer(call, path.substring("revocations".length()));
    }
    if (path.equals("providers/key-retrieval")) {
      return operations.keyRetrieval().answer(call);
    }
    if (!request.method().equals("POST")) {
      throw unknown(request);
    }
    return switch (path) {
      case "keys/rotate" -> operations.keys().rotate(call);
      case "outbound-keys/rotate" -> operations.keys().rotateOutbound(call);
      case "session-keys/rotate" -> operations.keys().rotateSessionKeys(call);
      case "tokens" -> operations.tokens().create(call);
      default -> throw unknown(request);
    };
  }

  static Refusal unknown(HttpRequest request) {
    return new Refusal(
        new IamError.NoSuchEntity(
            "there is no " + request.method() + " " + request.rawPath() + " here"));
  }

  private static HttpResponse refuse(AwsError error, Source source) {
    AwsError.Wire wire = error.wire();
    return ApiCall.answer(
        wire.status(),
        JsonObject.builder()
            .put("code", wire.code())
            .put("message", wire.message())
            .put("requestId", source.requestId())
            .build());
  }
}
