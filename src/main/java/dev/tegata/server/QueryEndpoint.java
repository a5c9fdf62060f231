package dev.tegata.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.audit.AuditEvent.Source;
import dev.tegata.audit.AuditLog;
import dev.tegata.authentication.Authenticator;
import dev.tegata.authentication.Authenticator.Authenticated;
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
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;

/// Answers for STS and IAM: reads the form, finds out who signed it, and hands it to the service.
final class QueryEndpoint {
  private static final int MAX_BODY_BYTES = 10_000_000;

  /// A token is at most 20,000 characters long, and a session policy 2,048.
  private static final int MAX_UNSIGNED_BODY_BYTES = 256 * 1024;

  /// Where AWS sends whoever posts something else than a form.
  private static final String HOME = "https://aws.amazon.com/iam";

  private static final CredentialErrors ERRORS = new QueryCredentialErrors();
  private static final String STS = "sts";
  private static final String IAM = "iam";

  private final Services services;

  QueryEndpoint(Services services) {
    this.services = services;
  }

  /// The services that speak the Query protocol, and what they need.
  record Services(
      QueryService<Source> unsignedSts,
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
    if (request.method().equals("POST") && !isForm(request)) {
      return HttpResponse.empty(302, Headers.of("Location", HOME, "Content-Length", "0"));
    }
    int limit = reading instanceof SignedRequest ? MAX_BODY_BYTES : MAX_UNSIGNED_BODY_BYTES;
    byte[] body;
    try {
      body = request.body().readNBytes(limit + 1);
    } catch (IOException e) {
      return refuse(
          new CommonError.MalformedInput("the body ends before its end"), reading, source);
    }
    if (body.length > limit) {
      return HttpResponse.empty(413, Headers.of("Content-Length", "0"));
    }
    try {
      return answer(request.withBody(new ByteArrayInputStream(body)), body, reading, source);
    } catch (Refusal refusal) {
      return refuse(refusal.error(), reading, source);
    }
  }

  /// Tells the client of a refusal, in the service's namespace.
  HttpResponse refuse(AwsError error, SignatureReading reading, Source source) {
    return isIam(reading)
        ? services.iam().refuse(error, source.requestId())
        : services.sts().refuse(error, source.requestId());
  }

  private HttpResponse answer(
      HttpRequest request, byte[] body, SignatureReading reading, Source source) {
    Query form = form(request, body);
    return switch (reading) {
      case SignatureReading.Unsigned() -> unsigned(form, source);
      case SignatureFault fault -> throw new Refusal(ERRORS.fault(fault, ""));
      case SignedRequest signed -> signed(signed, form, body, source);
    };
  }

  private HttpResponse unsigned(Query form, Source source) {
    if (!services.unsignedSts().knows(form)) {
      if (!services.iam().knows(form)) {
        services.sts().operation(form); // an operation of nobody is told of before a signature is
      }
      throw new Refusal(new CommonError.MissingAuthenticationToken());
    }
    return services.unsignedSts().answer(form, source, source.requestId());
  }

  private HttpResponse signed(SignedRequest signed, Query form, byte[] body, Source source) {
    String service = signed.signature().scope().service();
    if (!service.equals(STS) && !service.equals(IAM)) {
      throw new Refusal(
          new CommonError.SignatureDoesNotMatch(
              "Credential should be scoped to correct service: 'sts'"));
    }
    Authenticated authenticated =
        services.authenticator().authenticate(signed, Hashed.of(body), source.time(), ERRORS);
    if (service.equals(STS) && services.unsignedSts().knows(form)) {
      return services.unsignedSts().answer(form, source, source.requestId());
    }
    AuthorizedCall call =
        new AuthorizedCall(
            authenticated.caller(),
            source,
            TegataServer.REGION,
            services.authorization(),
            services.audit());
    return service.equals(IAM)
        ? services.iam().answer(form, call, source.requestId())
        : services.sts().answer(form, call, source.requestId());
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
