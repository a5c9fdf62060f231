package dev.tegata.api;

import dev.tegata.authentication.ApiTokens;
import dev.tegata.http.HttpResponse;
import dev.tegata.json.JsonValue.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// API tokens: `POST tokens`.
public final class TokensApi {
  private static final long USUAL_SECONDS = Duration.ofHours(1).toSeconds();
  private static final long MAX_SECONDS = Duration.ofHours(12).toSeconds();

  private final ApiTokens tokens;

  public TokensApi(ApiTokens tokens) {
    this.tokens = tokens;
  }

  /// Gives the caller a bearer token that stands for it.
  HttpResponse create(ApiCall call) {
    BodyMembers body = new BodyMembers(call.json());
    long seconds = body.seconds("duration_seconds", 60, MAX_SECONDS).orElse(USUAL_SECONDS);
    body.requireAllRead();
    call.require("tegata:CreateApiToken", call.resource("api-token"), Map.of());
    Instant expiry = call.time().plusSeconds(seconds);
    return ApiCall.answer(
        201,
        JsonObject.builder()
            .put("token", tokens.create(call.signed(), expiry))
            .put("expires_at", expiry.toString())
            .build());
  }
}
