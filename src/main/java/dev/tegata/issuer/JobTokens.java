package dev.tegata.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.audit.AuditEvent.Source;
import dev.tegata.audit.AuditEvent.TokenIssued;
import dev.tegata.audit.AuditEvent.TokenRefused;
import dev.tegata.audit.AuditLog;
import dev.tegata.github.DefaultAudience;
import dev.tegata.github.Job;
import dev.tegata.github.JobClaims.Issuance;
import dev.tegata.github.RequestedAudience;
import dev.tegata.github.RequestedAudience.Accepted;
import dev.tegata.github.RequestedAudience.Refused;
import dev.tegata.github.SubjectTemplate;
import dev.tegata.http.HttpRequest;
import dev.tegata.http.HttpResponse;
import dev.tegata.http.Query;
import dev.tegata.issuer.Issuer.Issued;
import dev.tegata.json.JsonValue.JsonObject;
import java.net.URI;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.random.RandomGenerator;

/// The endpoint at which a running job asks for ID tokens with a bearer token of its own.
///
/// What a token says comes from the job's registration, never from the job. A job may ask as often
/// as it likes until it is over.
///
/// Source:
/// <https://docs.github.com/en/actions/reference/security/oidc#methods-for-requesting-the-oidc-token>
public final class JobTokens {
  /// Where the endpoint is; after it come the job's id and `/idtoken`.
  public static final String PATH = "/_/jobs/";

  /// How long a job may ask for tokens, from its registration on: the six hours that a job may take
  /// at GitHub, and ten minutes.
  public static final Duration LIFETIME = Duration.ofMinutes(370);

  private static final String TAIL = "/idtoken";
  private static final String SCHEME = "bearer ";
  private static final int BEARER_BYTES = 32;

  private final Issuer issuer;
  private final DefaultAudience defaultAudience;
  private final AuditLog audit;
  private final RandomGenerator random;
  private final ConcurrentMap<String, Registration> jobs = new ConcurrentHashMap<>();

  public JobTokens(
      Issuer issuer, DefaultAudience defaultAudience, AuditLog audit, RandomGenerator random) {
    this.issuer = issuer;
    this.defaultAudience = defaultAudience;
    this.audit = audit;
    this.random = random;
  }

  /// A job that may ask for tokens until it is closed.
  public static final class Registration implements AutoCloseable {
    private final String id;
    private final String name;
    private final Job job;
    private final SubjectTemplate template;
    private final String bearer;
    private final Instant expiry;
    private volatile boolean isOver;

    private Registration(String id, JobDescription description, String bearer, Instant expiry) {
      this.id = id;
      this.name = description.name();
      this.job = description.job();
      this.template = description.template();
      this.bearer = bearer;
      this.expiry = expiry;
    }

    /// `ACTIONS_ID_TOKEN_REQUEST_URL` of a server at `base`. It has a query, for clients append
    /// `&audience=…` to it.
    public URI requestUrl(URI base) {
      return base.resolve(PATH + id + TAIL + "?api-version=2.0");
    }

    /// `ACTIONS_ID_TOKEN_REQUEST_TOKEN`.
    public String requestToken() {
      return bearer;
    }

    /// Ends the job: it gets no more tokens.
    @Override
    public void close() {
      isOver = true;
    }

    @Override
    public String toString() {
      return "Registration[" + id + ", the rest hidden]";
    }
  }

  /// What is registered: the job's name for the record, and what its tokens say.
  public record JobDescription(String name, Job job, SubjectTemplate template) {}

  /// Registers a job.
  public Registration register(JobDescription description, Instant now) {
    jobs.values().removeIf(job -> !now.isBefore(job.expiry));
    byte[] bytes = new byte[BEARER_BYTES];
    random.nextBytes(bytes);
    String bearer = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    String id = uuid().toString();
    Registration registration = new Registration(id, description, bearer, now.plus(LIFETIME));
    jobs.put(id, registration);
    return registration;
  }

  /// Answers a request below [#PATH].
  public HttpResponse answer(HttpRequest request, Source source) {
    if (!request.method().equals("GET") && !request.method().equals("POST")) {
      return error(405, "Only GET and POST are answered here");
    }
    Optional<Registration> found = authenticate(request);
    if (found.isEmpty()) {
      return error(401, "The bearer token is not that of this job");
    }
    Registration job = found.get();
    if (job.isOver || !source.time().isBefore(job.expiry)) {
      return refuse(job, source, "Can't issue ID_TOKEN for job in 'Completed' state");
    }
    String asked;
    try {
      asked = Query.parse(request.rawQuery()).first("audience").orElse("");
    } catch (IllegalArgumentException e) {
      return refuse(job, source, "The query is malformed");
    }
    return switch (RequestedAudience.of(asked, job.job.run().repository(), defaultAudience)) {
      case Accepted(var audience) -> issue(job, source, audience);
      case Refused refused -> refuse(job, source, refused.message());
    };
  }

  private Optional<Registration> authenticate(HttpRequest request) {
    String path = request.rawPath().substring(PATH.length());
    String header = request.headers().first("Authorization").orElse("");
    if (!path.endsWith(TAIL) || !header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      return Optional.empty();
    }
    String id = path.substring(0, path.length() - TAIL.length());
    byte[] bearer = header.substring(SCHEME.length()).strip().getBytes(UTF_8);
    return Optional.ofNullable(jobs.get(id))
        .filter(job -> MessageDigest.isEqual(job.bearer.getBytes(UTF_8), bearer));
  }

  private HttpResponse issue(Registration job, Source source, String audience) {
    Issuance issuance = new Issuance(issuer.name(), audience, uuid(), source.time());
    Issued issued;
    try {
      issued = issuer.issue(job.job, job.template, issuance);
    } catch (IllegalArgumentException e) { // a template wants a claim that the job does not have
      return refuse(job, source, "Can't issue ID_TOKEN: " + e.getMessage());
    }
    audit.record(new TokenIssued(source, job.name, issued.subject(), audience));
    return HttpResponse.text(
        200,
        "application/json; charset=utf-8",
        JsonObject.builder()
            .put("count", issued.token().length())
            .put("value", issued.token())
            .build()
            .toJson());
  }

  private HttpResponse refuse(Registration job, Source source, String message) {
    audit.record(new TokenRefused(source, job.name, message));
    return error(400, message);
  }

  private static HttpResponse error(int status, String message) {
    return HttpResponse.text(
        status,
        "application/json; charset=utf-8",
        JsonObject.builder()
            .put("source", "actions-run-service")
            .put("statusCode", status)
            .put("errorMessage", message)
            .build()
            .toJson());
  }

  /// A random UUID.
  ///
  /// Source: <https://www.rfc-editor.org/rfc/rfc9562#section-5.4>
  private UUID uuid() {
    long high = (random.nextLong() & 0xffffffffffff0fffL) | 0x4000L;
    long low = (random.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
    return new UUID(high, low);
  }
}
