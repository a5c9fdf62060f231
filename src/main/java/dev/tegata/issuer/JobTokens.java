package dev.tegata.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.audit.AuditEvent.Source;
import dev.tegata.audit.AuditEvent.TokenIssued;
import dev.tegata.audit.AuditEvent.TokenRefused;
import dev.tegata.audit.AuditLog;
import dev.tegata.github.JobReader;
import dev.tegata.github.RequestedAudience.Accepted;
import dev.tegata.github.RequestedAudience.Refused;
import dev.tegata.http.HttpRequest;
import dev.tegata.http.HttpResponse;
import dev.tegata.http.Query;
import dev.tegata.issuer.Issuer.Issued;
import dev.tegata.json.JsonValue.JsonObject;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
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
  private final RegisteredJobs jobs;
  private final AuditLog audit;
  private final RandomGenerator random;

  public JobTokens(Issuer issuer, RegisteredJobs jobs, AuditLog audit, RandomGenerator random) {
    this.issuer = issuer;
    this.jobs = jobs;
    this.audit = audit;
    this.random = random;
  }

  /// A job that may ask for tokens until it is closed, and what it asks with.
  public static final class Registration implements AutoCloseable {
    private final RegisteredJobs jobs;
    private final RegisteredJob job;
    private final String bearer;

    private Registration(RegisteredJobs jobs, RegisteredJob job, String bearer) {
      this.jobs = jobs;
      this.job = job;
      this.bearer = bearer;
    }

    public RegisteredJob job() {
      return job;
    }

    /// `ACTIONS_ID_TOKEN_REQUEST_URL` of a server at `base`. It has a query, for clients append
    /// `&audience=…` to it.
    public URI requestUrl(URI base) {
      return base.resolve(PATH + job.id() + TAIL + "?api-version=2.0");
    }

    /// `ACTIONS_ID_TOKEN_REQUEST_TOKEN`.
    public String requestToken() {
      return bearer;
    }

    /// Ends the job: it gets no more tokens.
    @Override
    public void close() {
      jobs.end(job.id());
    }

    @Override
    public String toString() {
      return "Registration[" + job.id() + ", the rest hidden]";
    }
  }

  /// Registers a job for the usual time.
  public Registration register(JobDescription description, Instant now) {
    return register(description, now, now.plus(LIFETIME));
  }

  /// Registers a job until `expiry`.
  ///
  /// @throws IllegalArgumentException when its claims are not those of a job
  public Registration register(JobDescription description, Instant now, Instant expiry) {
    JobReader.read(JobReader.write(description.job()), false);
    byte[] bytes = new byte[BEARER_BYTES];
    random.nextBytes(bytes);
    String bearer = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    RegisteredJob job =
        new RegisteredJob(uuid().toString(), description, hash(bearer), now, expiry, false);
    jobs.add(job);
    return new Registration(jobs, job, bearer);
  }

  /// Answers a request below [#PATH].
  public HttpResponse answer(HttpRequest request, Source source) {
    if (!request.method().equals("GET") && !request.method().equals("POST")) {
      return error(405, "Only GET and POST are answered here").with("Allow", "GET, POST");
    }
    Optional<RegisteredJob> found = authenticate(request);
    if (found.isEmpty()) {
      return error(401, "The bearer token is not that of this job");
    }
    RegisteredJob job = found.get();
    if (!job.isOpen(source.time())) {
      return refuse(job, source, "Can't issue ID_TOKEN for job in 'Completed' state");
    }
    String asked;
    try {
      asked = Query.parse(request.rawQuery()).first("audience").orElse("");
    } catch (IllegalArgumentException e) {
      return refuse(job, source, "The query is malformed");
    }
    return switch (issuer.audience(asked, job.description().job().run().repository())) {
      case Accepted(var audience) -> issue(job, source, audience);
      case Refused refused -> refuse(job, source, refused.message());
    };
  }

  private Optional<RegisteredJob> authenticate(HttpRequest request) {
    String path = request.rawPath().substring(PATH.length());
    String header = request.headers().first("Authorization").orElse("");
    if (!path.endsWith(TAIL) || !header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      return Optional.empty();
    }
    String hash = hash(header.substring(SCHEME.length()).strip());
    return jobs.find(path.substring(0, path.length() - TAIL.length()))
        .filter(
            job -> MessageDigest.isEqual(job.bearerHash().getBytes(UTF_8), hash.getBytes(UTF_8)));
  }

  /// Only the hash is kept: who reads the database cannot ask for tokens. Since a bearer token is
  /// 256 random bits, it needs no salt.
  private static String hash(String bearer) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(bearer.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private HttpResponse issue(RegisteredJob job, Source source, String audience) {
    Issued issued;
    try {
      issued = issuer.issue(job.description(), audience, uuid(), source.time());
    } catch (IllegalArgumentException e) { // a template wants a claim that the job does not have
      return refuse(job, source, "Can't issue ID_TOKEN: " + e.getMessage());
    }
    audit.record(new TokenIssued(source, job.jobName(), issued.subject(), audience));
    return HttpResponse.text(
        200,
        "application/json; charset=utf-8",
        JsonObject.builder()
            .put("count", issued.token().length())
            .put("value", issued.token())
            .build()
            .toJson());
  }

  private HttpResponse refuse(RegisteredJob job, Source source, String message) {
    audit.record(new TokenRefused(source, job.jobName(), message));
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
