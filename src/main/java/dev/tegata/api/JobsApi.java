package dev.tegata.api;

import dev.tegata.arn.Arn;
import dev.tegata.audit.AuditEvent.JobChange;
import dev.tegata.audit.AuditEvent.JobChanged;
import dev.tegata.audit.AuditEvent.JobName;
import dev.tegata.audit.AuditEvent.TokenRefused;
import dev.tegata.aws.IamError;
import dev.tegata.aws.Refusal;
import dev.tegata.github.Job;
import dev.tegata.github.JobReader;
import dev.tegata.github.SubjectTemplate.RepositoryForm;
import dev.tegata.http.Headers;
import dev.tegata.http.HttpRequest;
import dev.tegata.http.HttpResponse;
import dev.tegata.http.Query;
import dev.tegata.issuer.JobDescription;
import dev.tegata.issuer.JobTokens;
import dev.tegata.issuer.JobTokens.Registration;
import dev.tegata.issuer.RegisteredJob;
import dev.tegata.issuer.RegisteredJobs;
import dev.tegata.json.JsonValue;
import dev.tegata.json.JsonValue.JsonArray;
import dev.tegata.json.JsonValue.JsonObject;
import dev.tegata.json.JsonValue.JsonString;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Jobs of other CI systems, which get ID tokens as jobs do at GitHub.
///
/// `POST jobs` registers one and gives the two variables that it asks for tokens with; `GET jobs`
/// and `GET jobs/ID` show what is registered; `DELETE jobs/ID` ends one. What the tokens say comes
/// from the registration, which the CI system signs, and never from the job.
public final class JobsApi {
  private static final String URL = "ACTIONS_ID_TOKEN_REQUEST_URL";
  private static final String TOKEN = "ACTIONS_ID_TOKEN_REQUEST_TOKEN";
  private static final String READ_ONLY =
      "a pull request from a fork or of Dependabot only reads: the job gets no ID tokens";
  private static final String USUAL_NAME = "job";
  private static final long LEAST_SECONDS = 60;
  private static final long MOST_SECONDS = Duration.ofDays(5).toSeconds();
  private static final int PAGE = 100;

  private final JobTokens tokens;
  private final RegisteredJobs jobs;
  private final String issuer;

  /// `issuer` is the name of the issuer: at its address, the URL for jobs has its scheme too.
  public JobsApi(JobTokens tokens, RegisteredJobs jobs, String issuer) {
    this.tokens = tokens;
    this.jobs = jobs;
    this.issuer = issuer;
  }

  /// Answers a request for `path` below `jobs`.
  HttpResponse answer(ApiCall call, String path) {
    HttpRequest request = call.signed().request();
    String id = path.isEmpty() ? "" : path.substring(1);
    return switch (request.method() + (id.isEmpty() ? "" : " ID")) {
      case "POST" -> create(call);
      case "GET" -> list(call, request);
      case "GET ID" -> show(call, id);
      case "DELETE ID" -> end(call, id);
      default -> throw SignedApi.unknown(request);
    };
  }

  private HttpResponse create(ApiCall call) {
    BodyMembers body = new BodyMembers(call.json());
    long seconds =
        body.seconds("duration_seconds", LEAST_SECONDS, MOST_SECONDS)
            .orElse(JobTokens.LIFETIME.toSeconds());
    JobDescription job = description(call, body);
    body.requireAllRead();
    call.requireManaging("tegata:CreateJob", resource(call, job), context(job.job()));
    if (job.job().run().isReadOnly()) {
      call.record(new TokenRefused(call.call().source(), new JobName(job.name(), ""), READ_ONLY));
      return ApiCall.answer(
          200,
          JsonObject.builder()
              .put("variables", JsonObject.builder().build())
              .put("message", READ_ONLY)
              .build());
    }
    Registration registration = tokens.register(job, call.time(), call.time().plusSeconds(seconds));
    record(call, registration.job(), JobChange.REGISTERED);
    return ApiCall.answer(201, registered(registration, call.signed().request()));
  }

  private static JobDescription description(ApiCall call, BodyMembers body) {
    RepositoryForm form =
        body.text("repository_created")
            .map(JobsApi::day)
            .map(RepositoryForm::since)
            .orElse(RepositoryForm.NAMES_AND_IDS);
    boolean isFromFork = body.flag("fork");
    if (!(body.member("claims").orElse(JsonObject.builder().build())
        instanceof JsonObject claims)) {
      throw ApiCall.invalid("`claims` is an object");
    }
    try {
      return new JobDescription(
          call.call().account(),
          body.text("name").orElse(USUAL_NAME),
          JobReader.read(claims, isFromFork),
          form);
    } catch (IllegalArgumentException e) {
      throw ApiCall.invalid(String.valueOf(e.getMessage()));
    }
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw ApiCall.invalid("`repository_created` is a day such as 2026-08-01, not `" + text + "`");
    }
  }

  /// What a policy may ask of the registration: each claim, such as `tegata:claim/ref`.
  private static Map<String, List<String>> context(Job job) {
    Map<String, List<String>> context = new HashMap<>();
    JobReader.write(job)
        .members()
        .forEach((name, value) -> {
          if (value instanceof JsonString(var text)) {
            context.put("tegata:claim/" + name, List.of(text));
          }
        });
    return context;
  }

  private JsonObject registered(Registration registration, HttpRequest request) {
    RegisteredJob job = registration.job();
    return JsonObject.builder()
        .put("id", job.id())
        .put("expires_at", job.expiry().toString())
        .put(
            "variables",
            JsonObject.builder()
                .put(URL, registration.requestUrl(address(request)).toString())
                .put(TOKEN, registration.requestToken())
                .build())
        .build();
  }

  /// Where the job finds this server: where the CI system has found it. The signature covers
  /// `Host`; that there is TLS before this server, only its name tells.
  private URI address(HttpRequest request) {
    String host = request.headers().first("Host").orElse("");
    URI own = URI.create(issuer);
    String scheme =
        host.equals(own.getAuthority()) ? own.getScheme() : request.secure() ? "https" : "http";
    try {
      return URI.create(scheme + "://" + host);
    } catch (IllegalArgumentException e) {
      throw ApiCall.invalid("`Host` is not a host: `" + host + "`");
    }
  }

  private HttpResponse list(ApiCall call, HttpRequest request) {
    call.requireManaging("tegata:ListJobs", call.resource("job/*"));
    String after;
    try {
      after = Query.parse(request.rawQuery()).first("after").orElse("");
    } catch (IllegalArgumentException e) {
      throw ApiCall.invalid(String.valueOf(e.getMessage()));
    }
    List<RegisteredJob> page = jobs.open(call.call().account(), call.time(), after, PAGE + 1);
    List<JsonValue> shown =
        page.stream().limit(PAGE).map(job -> (JsonValue) shown(job, call.time())).toList();
    JsonObject.Builder json = JsonObject.builder().put("jobs", new JsonArray(shown));
    if (page.size() > PAGE) {
      json.put("after", page.get(PAGE - 1).id());
    }
    return ApiCall.answer(200, json.build());
  }

  private HttpResponse show(ApiCall call, String id) {
    RegisteredJob job = find(call, id);
    call.requireManaging("tegata:GetJob", resource(call, job.description()));
    return ApiCall.answer(200, shown(job, call.time()));
  }

  private HttpResponse end(ApiCall call, String id) {
    RegisteredJob job = find(call, id);
    call.requireManaging("tegata:DeleteJob", resource(call, job.description()));
    jobs.end(id);
    record(call, job, JobChange.ENDED);
    return HttpResponse.empty(204, Headers.of());
  }

  private RegisteredJob find(ApiCall call, String id) {
    Optional<RegisteredJob> job =
        jobs.find(id).filter(found -> found.description().account().equals(call.call().account()));
    return job.orElseThrow(
        () -> new Refusal(new IamError.NoSuchEntity("there is no job `" + id + "`")));
  }

  private static Arn resource(ApiCall call, JobDescription job) {
    return call.resource("job/" + job.job().run().repository().fullName());
  }

  private static void record(ApiCall call, RegisteredJob job, JobChange change) {
    call.record(
        new JobChanged(call.call().source(), call.call().caller().arn(), job.jobName(), change));
  }

  private static JsonObject shown(RegisteredJob job, Instant now) {
    return JsonObject.builder()
        .put("id", job.id())
        .put("name", job.description().name())
        .put("state", job.isOpen(now) ? "open" : "ended")
        .put("registered_at", job.registered().toString())
        .put("expires_at", job.expiry().toString())
        .put("claims", JobReader.write(job.description().job()))
        .build();
  }
}
