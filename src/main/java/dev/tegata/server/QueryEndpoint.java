package dev.tegata.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.audit.AuditEvent.Failure;
import dev.tegata.audit.AuditEvent.ManagementRequested;
import dev.tegata.audit.AuditEvent.Source;
import dev.tegata.audit.AuditLog;
import dev.tegata.authentication.Authenticator;
import dev.tegata.authentication.Caller;
import dev.tegata.authentication.Caller.Federated;
import dev.tegata.authentication.Caller.RoleSession;
import dev.tegata.authentication.Caller.Root;
import dev.tegata.authentication.Caller.RootSession;
import dev.tegata.authentication.Caller.User;
import dev.tegata.authentication.Caller.UserSession;
import dev.tegata.authentication.CredentialErrors;
import dev.tegata.authentication.QueryCredentialErrors;
import dev.tegata.authorization.Authorization;
import dev.tegata.authorization.AuthorizedCall;
import dev.tegata.authorization.Call;
import dev.tegata.aws.AwsError;
import dev.tegata.aws.CommonError;
import dev.tegata.aws.QueryService;
import dev.tegata.aws.Refusal;
import dev.tegata.http.Headers;
import dev.tegata.http.HttpRequest;
import dev.tegata.http.HttpResponse;
import dev.tegata.http.Query;
import dev.tegata.sigv4.Payload.Hashed;
import dev.tegata.sigv4.SignatureFault;
import dev.tegata.sigv4.SignatureReading;
import dev.tegata.sigv4.SignatureReading.SignedRequest;
import dev.tegata.sts.UnsignedCall;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Semaphore;

/// Answers for STS and IAM: reads the form, finds out who signed it, and hands it to the service.
final class QueryEndpoint {
  private static final int MAX_BODY_BYTES = 10_000_000;

  /// A token is at most 20,000 characters long, and a policy 131,072 bytes.
  private static final int USUAL_BODY_BYTES = 256 * 1024;

  /// Where AWS sends whoever posts something else than a form.
  private static final String HOME = "https://aws.amazon.com/iam";

  /// The header that carries what DecodeAuthorizationMessage reads.
  static final String AUTHORIZATION_MESSAGE = "x-tegata-authorization-message";

  private static final String CUT = "the body ends before its end";
  private static final Failure NO_FORM =
      new Failure("NotAForm", "sent on to " + HOME + ": the content type is not that of a form");
  private static final Failure TOO_LONG =
      new Failure("RequestEntityTooLarge", "the form is longer than 10,000,000 bytes");
  private static final CredentialErrors ERRORS = new QueryCredentialErrors();
  private static final String STS = "sts";
  private static final String IAM = "iam";

  private final Services services;

  /// Nobody needs a long form, and anybody may send one: few are held in memory at a time.
  private final Semaphore longForms = new Semaphore(4);

  QueryEndpoint(Services services) {
    this.services = services;
  }

  /// The services that speak the Query protocol, and what they need.
  record Services(
      QueryService<UnsignedCall> unsignedSts,
      QueryService<AuthorizedCall> sts,
      QueryService<Call> iam,
      Authenticator authenticator,
      Authorization authorization,
      AuditLog audit) {}

  /// Whether an unsigned request is meant for here: a post to no bucket, or a query that names an
  /// action.
  static boolean isMeant(HttpRequest request) {
    boolean isPost =
        request.method().equals("POST") && !contentType(request).startsWith("multipart/");
    boolean isQuery =
        request.method().equals("GET")
            && (request.rawQuery().startsWith("Action=")
                || request.rawQuery().contains("&Action="));
    return request.rawPath().equals("/") && (isPost || isQuery);
  }

  private static boolean isForm(HttpRequest request) {
    return contentType(request).startsWith("application/x-www-form-urlencoded");
  }

  private static String contentType(HttpRequest request) {
    return request.headers().first("Content-Type").orElse("").toLowerCase(Locale.ROOT);
  }

  HttpResponse answer(HttpRequest request, SignatureReading reading, Source source) {
    ManagementRecord record =
        new ManagementRecord(source, isIam(reading) ? IAM : STS, accessKeyId(reading));
    if (request.method().equals("POST") && !isForm(request)) {
      services.audit().record(record.ended(NO_FORM));
      return HttpResponse.empty(302, Headers.of("Location", HOME, "Content-Length", "0"));
    }
    try {
      byte[] body = request.body().readNBytes(USUAL_BODY_BYTES + 1);
      if (body.length <= USUAL_BODY_BYTES) {
        return answer(request, body, reading, record);
      }
      longForms.acquireUninterruptibly();
      try {
        return answerLong(request, body, reading, record);
      } finally {
        longForms.release();
      }
    } catch (IOException e) {
      return refuse(new Refusal(new CommonError.MalformedInput(CUT)), reading, record);
    }
  }

  /// Answers for a form of which `start` is not all.
  private HttpResponse answerLong(
      HttpRequest request, byte[] start, SignatureReading reading, ManagementRecord record)
      throws IOException {
    byte[] rest = request.body().readNBytes(MAX_BODY_BYTES + 1 - start.length);
    if (start.length + rest.length > MAX_BODY_BYTES) {
      services.audit().record(record.ended(TOO_LONG));
      return HttpResponse.empty(413, Headers.of("Content-Length", "0"));
    }
    byte[] body = Arrays.copyOf(start, start.length + rest.length);
    System.arraycopy(rest, 0, body, start.length, rest.length);
    return answer(request, body, reading, record);
  }

  private HttpResponse answer(
      HttpRequest request, byte[] body, SignatureReading reading, ManagementRecord record) {
    try {
      HttpResponse answer = carryOut(request, body, reading, record);
      services.audit().record(record.answered());
      return answer;
    } catch (Refusal refusal) {
      return refuse(refusal, reading, record);
    }
  }

  /// Tells the client of a refusal, once it is on record.
  private HttpResponse refuse(Refusal refusal, SignatureReading reading, ManagementRecord record) {
    if (!refusal.reason().isEmpty()) {
      record.refusedFor(refusal.reason(), refusal.error(), accessKeyId(reading));
    }
    ManagementRequested event = record.refused(refusal.error());
    services.audit().record(event);
    HttpResponse answer = refuse(refusal.error(), reading, event.source());
    return refusal.authorizationMessage().isEmpty()
        ? answer
        : answer.with(AUTHORIZATION_MESSAGE, refusal.authorizationMessage());
  }

  /// Tells the client of a refusal, in the service's namespace.
  HttpResponse refuse(AwsError error, SignatureReading reading, Source source) {
    return isIam(reading)
        ? services.iam().refuse(error, source.requestId())
        : services.sts().refuse(error, source.requestId());
  }

  private HttpResponse carryOut(
      HttpRequest request, byte[] body, SignatureReading reading, ManagementRecord record) {
    Query form = form(request, body);
    record.asksFor(form);
    return switch (reading) {
      case SignatureReading.Unsigned() -> unsigned(form, record);
      case SignatureFault fault -> throw new Refusal(ERRORS.fault(fault, ""));
      case SignedRequest signed -> signed(signed, form, body, record);
    };
  }

  private HttpResponse unsigned(Query form, ManagementRecord record) {
    if (!services.unsignedSts().knows(form)) {
      if (!services.iam().knows(form)) {
        services.sts().operation(form); // an operation of nobody is told of before a signature is
      }
      throw new Refusal(new CommonError.MissingAuthenticationToken());
    }
    UnsignedCall call = new UnsignedCall(record.source(), record);
    return services.unsignedSts().answer(form, call, record.exchange());
  }

  private HttpResponse signed(
      SignedRequest signed, Query form, byte[] body, ManagementRecord record) {
    String service = signed.signature().scope().service();
    if (!service.equals(STS) && !service.equals(IAM)) {
      throw new Refusal(
          new CommonError.SignatureDoesNotMatch(
              "Credential should be scoped to correct service: 'sts'"));
    }
    Source source = record.source();
    Caller caller =
        services
            .authenticator()
            .authenticate(signed, Hashed.of(body), source.time(), ERRORS)
            .caller();
    record.isSignedBy(caller, accessKeyId(signed));
    if (service.equals(STS) && services.unsignedSts().knows(form)) {
      return services
          .unsignedSts()
          .answer(form, new UnsignedCall(source, record), record.exchange());
    }
    AuthorizedCall call =
        new AuthorizedCall(caller, source, TegataServer.REGION, services.authorization(), record);
    return service.equals(IAM)
        ? iam(form, call, record)
        : services.sts().answer(form, call, record.exchange());
  }

  /// IAM takes long-term credentials and those of roles, unless there was a second factor.
  private HttpResponse iam(Query form, AuthorizedCall call, ManagementRecord record) {
    return switch (call.caller()) {
      case Root _, User _, RoleSession _ -> services.iam().answer(form, call, record.exchange());
      case UserSession(var session, var _) when session.secondFactor() ->
          services.iam().answer(form, call, record.exchange());
      case RootSession _, UserSession _, Federated _ ->
          throw new Refusal(new CommonError.InvalidClientTokenId());
    };
  }

  private static String accessKeyId(SignatureReading reading) {
    return reading instanceof SignedRequest signed ? signed.signature().accessKeyId() : "";
  }

  private static boolean isIam(SignatureReading reading) {
    return reading instanceof SignedRequest signed
        && signed.signature().scope().service().equals(IAM);
  }

  private static Query form(HttpRequest request, byte[] body) {
    try {
      return Query.parse(
          request.method().equals("GET") ? request.rawQuery() : new String(body, UTF_8));
    } catch (IllegalArgumentException e) {
      throw new Refusal(new CommonError.MalformedInput(String.valueOf(e.getMessage())));
    }
  }
}
