package dev.tegata.api;

import dev.tegata.arn.Arn;
import dev.tegata.audit.AuditEvent.Changed;
import dev.tegata.authentication.Revoked;
import dev.tegata.aws.IamError;
import dev.tegata.aws.Refusal;
import dev.tegata.http.Headers;
import dev.tegata.http.HttpRequest;
import dev.tegata.http.HttpResponse;
import dev.tegata.json.JsonValue;
import dev.tegata.json.JsonValue.JsonArray;
import dev.tegata.json.JsonValue.JsonBoolean;
import dev.tegata.json.JsonValue.JsonObject;
import dev.tegata.store.Change;
import dev.tegata.store.IdentityStore;
import dev.tegata.store.Revocation;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// What an account has revoked.
///
/// `POST revocations` revokes; `GET revocations` and `GET revocations/ID` show; `DELETE
/// revocations/ID` ends one. Nobody sees or ends those of another account.
public final class RevocationsApi {
  /// The most that an account may have: every request looks at those of subjects.
  private static final int MOST = 1000;

  /// How long one is shown after its end.
  private static final Duration SHOWN_FOR = Duration.ofDays(30);

  private final IdentityStore identities;
  private final RandomGenerator random;

  /// Ids are drawn from `random`.
  public RevocationsApi(IdentityStore identities, RandomGenerator random) {
    this.identities = identities;
    this.random = random;
  }

  /// Answers a request for `path` below `revocations`.
  HttpResponse answer(ApiCall call, String path) {
    HttpRequest request = call.signed().request();
    String id = path.isEmpty() ? "" : path.substring(1);
    return switch (request.method() + (id.isEmpty() ? "" : " ID")) {
      case "POST" -> create(call);
      case "GET" -> list(call);
      case "GET ID" -> show(call, id);
      case "DELETE ID" -> end(call, id);
      default -> throw SignedApi.unknown(request);
    };
  }

  private HttpResponse create(ApiCall call) {
    WantedRevocation wanted = WantedRevocation.read(call);
    call.require("sts:RevokeSession", wanted.resource(call, identities.now()), Map.of());
    Revoked what = wanted.what(call, identities.now());
    String id = new UUID(random.nextLong(), random.nextLong()).toString();
    Instant now = call.time().truncatedTo(ChronoUnit.MILLIS); // as the database keeps it
    Revocation revocation =
        new Revocation(
            id,
            call.call().account(),
            what.kind().name(),
            what.value(),
            wanted.onlyExisting(),
            wanted.reason(),
            wanted.until(what, now).map(until -> until.truncatedTo(ChronoUnit.MILLIS)),
            now,
            call.call().caller().arn().toString());
    identities.change(change -> {
      prune(call, change);
      if (own(call, change.now().revocations().all()).size() >= MOST) {
        throw new Refusal(new IamError.LimitExceeded("there are " + MOST + " revocations"));
      }
      change.put(revocation);
      return revocation;
    });
    record(call, "CreateRevocation", revocation);
    return ApiCall.answer(201, shown(revocation, call));
  }

  private static void prune(ApiCall call, Change change) {
    own(call, change.now().revocations().all()).stream()
        .filter(it -> !it.holds(call.time().minus(SHOWN_FOR)))
        .forEach(change::delete);
  }

  private static List<Revocation> own(ApiCall call, List<Revocation> all) {
    return all.stream().filter(it -> it.account().equals(call.call().account())).toList();
  }

  private HttpResponse list(ApiCall call) {
    call.require("tegata:ListRevocations", call.resource("revocation/*"), Map.of());
    List<JsonValue> shown =
        own(call, identities.now().revocations().all()).stream()
            .<JsonValue>map(it -> shown(it, call))
            .toList();
    return ApiCall.answer(
        200, JsonObject.builder().put("revocations", new JsonArray(shown)).build());
  }

  private HttpResponse show(ApiCall call, String id) {
    call.require("tegata:GetRevocation", resource(call, id), Map.of());
    return ApiCall.answer(200, shown(find(call, id), call));
  }

  private HttpResponse end(ApiCall call, String id) {
    call.require("tegata:DeleteRevocation", resource(call, id), Map.of());
    Revocation revocation = find(call, id);
    identities.change(change -> {
      change.delete(revocation);
      return revocation;
    });
    record(call, "DeleteRevocation", revocation);
    return HttpResponse.empty(204, Headers.of());
  }

  private static Arn resource(ApiCall call, String id) {
    return call.resource("revocation/" + id);
  }

  private Revocation find(ApiCall call, String id) {
    return own(call, identities.now().revocations().all()).stream()
        .filter(it -> it.id().equals(id))
        .findFirst()
        .orElseThrow(
            () -> new Refusal(new IamError.NoSuchEntity("there is no revocation `" + id + "`")));
  }

  private void record(ApiCall call, String name, Revocation revocation) {
    SequencedMap<String, String> parameters = new LinkedHashMap<>();
    parameters.put("id", revocation.id());
    parameters.putAll(members(revocation));
    parameters.put("onlyExisting", Boolean.toString(revocation.onlyExisting()));
    parameters.put("reason", revocation.reason());
    revocation.until().ifPresent(until -> parameters.put("until", until.toString()));
    call.record(new Changed(call.call().source(), call.call().caller().arn(), name, parameters));
  }

  private JsonObject shown(Revocation revocation, ApiCall call) {
    JsonObject.Builder json = JsonObject.builder().put("id", revocation.id());
    members(revocation).forEach(json::put);
    json.put("only_existing", new JsonBoolean(revocation.onlyExisting()))
        .put("reason", revocation.reason());
    revocation.until().ifPresent(until -> json.put("until", until.toString()));
    return json.put("created_at", revocation.created().toString())
        .put("created_by", revocation.by())
        .put("state", revocation.holds(call.time()) ? "in force" : "over")
        .build();
  }

  /// What it is about, in the words of a request; of a role that is gone the id is left.
  private SequencedMap<String, String> members(Revocation revocation) {
    SequencedMap<String, String> members = new LinkedHashMap<>();
    switch (Revoked.of(revocation)) {
      case Revoked.ByAccessKey(var id) -> members.put("access_key", id);
      case Revoked.ByRole(var id) ->
          members.put(
              "role",
              identities.now().role(id).map(role -> role.arn().toString()).orElse(id.text()));
      case Revoked.BySubject(var issuer, var pattern) -> {
        members.put("issuer", issuer);
        members.put("subject", pattern);
      }
      case Revoked.ByRepository(var name) -> members.put("repository", name);
      case Revoked.ByRun(var repository, var id) -> {
        if (!repository.isEmpty()) {
          members.put("repository", repository);
        }
        members.put("run", id);
      }
    }
    return members;
  }
}
