package dev.tegata.server;

import dev.tegata.audit.AuditEvent.Operation;
import dev.tegata.audit.AuditEvent.Outcome.Refused;
import dev.tegata.audit.AuditEvent.SignatureRefused;
import dev.tegata.audit.AuditEvent.Source;
import dev.tegata.audit.AuditLog;
import dev.tegata.authentication.Authenticator;
import dev.tegata.authentication.Authenticator.Authenticated;
import dev.tegata.authentication.CredentialErrors;
import dev.tegata.authentication.S3CredentialErrors;
import dev.tegata.authorization.Authorization;
import dev.tegata.authorization.AuthorizedCall;
import dev.tegata.aws.AwsError;
import dev.tegata.aws.CommonError;
import dev.tegata.aws.Refusal;
import dev.tegata.aws.S3Error;
import dev.tegata.http.HttpRequest;
import dev.tegata.http.HttpResponse;
import dev.tegata.s3.S3Errors;
import dev.tegata.s3.S3Service;
import dev.tegata.sigv4.Signature;
import dev.tegata.sigv4.SignatureFault;
import dev.tegata.sigv4.SignatureReading;
import dev.tegata.sigv4.SignatureReading.SignedRequest;

/// Answers for S3: finds out who signed the request, and hands it to the service.
///
/// Nobody's requests are refused: no bucket here is open to the world.
final class S3Endpoint {
  private static final CredentialErrors ERRORS = new S3CredentialErrors();
  private static final String SERVICE = "s3";

  private final S3Service service;
  private final Authenticator authenticator;
  private final Authorization authorization;
  private final AuditLog audit;

  S3Endpoint(
      S3Service service, Authenticator authenticator, Authorization authorization, AuditLog audit) {
    this.service = service;
    this.authenticator = authenticator;
    this.authorization = authorization;
    this.audit = audit;
  }

  HttpResponse answer(HttpRequest request, SignatureReading reading, Source source) {
    try {
      return switch (reading) {
        case SignatureReading.Unsigned() ->
            throw recorded(new Refusal(new CommonError.AccessDenied("Access Denied")), "", source);
        case SignatureFault fault ->
            throw recorded(new Refusal(ERRORS.fault(fault, "")), "", source);
        case SignedRequest signed -> answer(signed, source);
      };
    } catch (Refusal refusal) {
      HttpResponse answer = refuse(refusal.error(), request, source);
      return refusal.authorizationMessage().isEmpty()
          ? answer
          : answer.with(QueryEndpoint.AUTHORIZATION_MESSAGE, refusal.authorizationMessage());
    }
  }

  /// Finds out who signed, and leaves a record where nobody known did.
  private Authenticated authenticate(SignedRequest signed, Source source) {
    try {
      requireScopeOfS3(signed.signature());
      return authenticator.authenticateS3(signed, source.time(), ERRORS);
    } catch (Refusal refusal) {
      throw recorded(refusal, signed.signature().accessKeyId(), source);
    }
  }

  private Refusal recorded(Refusal refusal, String accessKeyId, Source source) {
    AwsError.Wire wire = refusal.error().wire();
    audit.record(
        new SignatureRefused(
            source,
            new Operation(SERVICE, "", TegataServer.REGION),
            accessKeyId,
            new Refused(
                wire.code(), refusal.reason().isEmpty() ? wire.message() : refusal.reason())));
    return refusal;
  }

  private HttpResponse answer(SignedRequest signed, Source source) {
    Authenticated authenticated = authenticate(signed, source);
    return service.answer(
        authenticated.request(),
        new AuthorizedCall(
            authenticated.caller(), source, TegataServer.REGION, authorization, audit));
  }

  private static void requireScopeOfS3(Signature signature) {
    String service = signature.scope().service();
    if (!service.equals(SERVICE)) {
      String reason =
          "incorrect service \"%s\". This endpoint belongs to \"%s\".".formatted(service, SERVICE);
      throw new Refusal(
          switch (signature.carrier()) {
            case AUTHORIZATION_HEADER ->
                new S3Error.AuthorizationHeaderMalformed(
                    "The authorization header is malformed; " + reason);
            case QUERY ->
                new S3Error.AuthorizationQueryParametersError(
                    "Error parsing the X-Amz-Credential parameter; " + reason);
          });
    }
  }

  /// Tells the client of a refusal.
  HttpResponse refuse(AwsError error, HttpRequest request, Source source) {
    return S3Errors.answer(error, request, source.requestId());
  }
}
