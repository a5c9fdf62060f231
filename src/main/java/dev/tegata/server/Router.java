package dev.tegata.server;

import dev.tegata.api.GithubApi;
import dev.tegata.api.SignedApi;
import dev.tegata.audit.AuditEvent.Source;
import dev.tegata.audit.AuditFailure;
import dev.tegata.aws.AwsError;
import dev.tegata.aws.CommonError;
import dev.tegata.database.StoreUnavailable;
import dev.tegata.http.HttpRequest;
import dev.tegata.http.HttpResponse;
import dev.tegata.issuer.JobTokens;
import dev.tegata.issuer.OutboundFederation;
import dev.tegata.issuer.PublishedDocuments;
import dev.tegata.keys.SigningKeys;
import dev.tegata.sigv4.SignatureReading;
import dev.tegata.sigv4.SignatureReading.SignedRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides which part of Tegata a request is for, on its one port, and answers for what goes wrong.
///
/// Below `/_/` is Tegata's own, below `/.well-known/` the issuer's, also after the slug of an
/// enterprise that has an issuer of its own, if nobody has signed the request. A signed request to
/// `/` goes to the service that it is signed for; an unsigned form goes to STS; all else is S3's,
/// where no bucket's name can begin with `_` or `.`.
///
/// The clock is read here, once a request. This is also the one place where a fault of ours is
/// logged: the client learns the request id and nothing else.
final class Router implements Function<HttpRequest, HttpResponse> {
  private static final Logger LOG = LoggerFactory.getLogger(Router.class);
  private static final String HEALTH = "/_/health";
  private static final int MAX_USER_AGENT = 256;
  private static final String JSON = "application/json";
  private static final String S3 = "s3";

  private final QueryEndpoint query;
  private final S3Endpoint s3;
  private final PublishedDocuments documents;
  private final JobTokens jobs;
  private final SignedApi api;
  private final GithubApi github;
  private final OutboundFederation outbound;
  private final BooleanSupplier isCurrent;
  private final Clock clock;

  Router(Parts parts, Clock clock) {
    this.query = parts.query();
    this.s3 = parts.s3();
    this.documents = parts.documents();
    this.jobs = parts.jobs();
    this.api = parts.api();
    this.github = parts.github();
    this.outbound = parts.outbound();
    this.isCurrent = parts.isCurrent();
    this.clock = clock;
  }

  /// Who answers; and whether this server knows what the others that share its database have done.
  record Parts(
      QueryEndpoint query,
      S3Endpoint s3,
      PublishedDocuments documents,
      JobTokens jobs,
      OutboundFederation outbound,
      SignedApi api,
      GithubApi github,
      BooleanSupplier isCurrent) {}

  @Override
  public HttpResponse apply(HttpRequest request) {
    Source source =
        new Source(
            clock.instant(),
            requestId(),
            request.remoteAddress(),
            cut(request.headers().first("User-Agent").orElse("")),
            request.secure());
    String path = request.rawPath();
    SignatureReading reading = SignatureReading.of(request);
    if (path.startsWith("/_/")
        || path.startsWith("/.well-known/")
        || (reading instanceof SignatureReading.Unsigned && documents.isOne(path))) {
      return own(request, source);
    }
    boolean isQuery =
        reading instanceof SignedRequest signed
            ? path.equals("/") && !signed.signature().scope().service().equals(S3)
            : QueryEndpoint.isMeant(request);
    try {
      return isQuery ? query.answer(request, reading, source) : s3.answer(request, reading, source);
    } catch (RuntimeException e) {
      AwsError error = fault(e, request, source);
      return isQuery ? query.refuse(error, reading, source) : s3.refuse(error, request, source);
    }
  }

  /// A UUID like any other. Nobody gains anything by guessing the next one, so it need not come
  /// from a generator for secrets.
  private static String requestId() {
    ThreadLocalRandom chance = ThreadLocalRandom.current();
    long version = (chance.nextLong() & ~0xf000L) | 0x4000L;
    long variant = (chance.nextLong() >>> 2) | Long.MIN_VALUE;
    return new UUID(version, variant).toString();
  }

  /// What a client calls itself is kept in every record; it need not be a page.
  private static String cut(String userAgent) {
    return userAgent.substring(0, Math.min(userAgent.length(), MAX_USER_AGENT));
  }

  private HttpResponse own(HttpRequest request, Source source) {
    String path = request.rawPath();
    try {
      if (path.startsWith(JobTokens.PATH)) {
        return jobs.answer(request, source);
      }
      if (path.startsWith(GithubApi.PATH)) {
        return github.answer(request, source);
      }
      if (path.startsWith(SignedApi.PATH)) {
        return api.answer(request, source);
      }
      if (documents.isOne(path)) {
        return documents.answer(request, source.time());
      }
      return switch (path) {
        case HEALTH -> health();
        default ->
            published(path, source.time())
                .orElseGet(() ->
                    HttpResponse.text(404, JSON, "{\"message\":\"there is nothing here\"}\n"));
      };
    } catch (RuntimeException e) {
      AwsError.Wire wire = fault(e, request, source).wire();
      return HttpResponse.text(
          wire.status(), JSON, "{\"requestId\":\"" + source.requestId() + "\"}\n");
    }
  }

  /// A server that is cut off from the database refuses requests: others should get them.
  private HttpResponse health() {
    return isCurrent.getAsBoolean()
        ? HttpResponse.text(200, JSON, "{\"status\":\"ok\"}\n")
        : HttpResponse.text(
            503,
            JSON,
            "{\"status\":\"stale\",\"reason\":\"the database has not answered for a while\"}\n");
  }

  private Optional<HttpResponse> published(String path, Instant now) {
    return path.startsWith(OutboundFederation.PATH)
        ? outbound
            .document(path, now)
            .map(document ->
                HttpResponse.text(200, JSON, document.toJson())
                    .with("Cache-Control", "max-age=" + SigningKeys.MAX_AGE.toSeconds()))
        : Optional.empty();
  }

  private static AwsError fault(RuntimeException fault, HttpRequest request, Source source) {
    if (fault instanceof StoreUnavailable) { // one line: while it lasts, every request has it
      LOG.error("request {}: {}", source.requestId(), fault.getMessage());
      return new CommonError.ServiceUnavailable();
    }
    LOG.error("request {}: {} failed", source.requestId(), request.method(), fault);
    return fault instanceof AuditFailure
        ? new CommonError.ServiceUnavailable()
        : new CommonError.InternalFailure();
  }
}
