package dev.tegata.sts;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.arn.Arn;
import dev.tegata.authentication.Caller;
import dev.tegata.authentication.Caller.RoleSession;
import dev.tegata.authentication.Session;
import dev.tegata.authentication.Session.SessionTags;
import dev.tegata.authorization.AuthorizedCall;
import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.Refusal;
import dev.tegata.aws.StsError.JwtPayloadSizeExceeded;
import dev.tegata.aws.StsError.OutboundFederationDisabled;
import dev.tegata.aws.StsError.SessionDurationEscalation;
import dev.tegata.issuer.OutboundFederation;
import dev.tegata.json.JsonValue;
import dev.tegata.json.JsonValue.JsonArray;
import dev.tegata.json.JsonValue.JsonObject;
import dev.tegata.json.JsonValue.JsonString;
import dev.tegata.token.JwsAlgorithm;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.sts.model.GetWebIdentityTokenRequest;
import software.amazon.awssdk.services.sts.model.GetWebIdentityTokenResponse;

/// Gives a caller an ID token that says who it is, for somebody else's cloud.
///
/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetWebIdentityToken.html>
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_outbound_token_claims.html>
final class GetWebIdentityToken {
  private static final Duration DEFAULT_DURATION = Duration.ofMinutes(5);
  private static final int MAX_PAYLOAD_BYTES = 14_984;
  private static final String AWS_CLAIMS = "https://sts.amazonaws.com/";

  private final OutboundFederation outbound;
  private final RandomGenerator random;

  GetWebIdentityToken(OutboundFederation outbound, RandomGenerator random) {
    this.outbound = outbound;
    this.random = random;
  }

  GetWebIdentityTokenResponse answer(GetWebIdentityTokenRequest request, AuthorizedCall call) {
    Map<String, String> tags =
        RequestedTags.read(request.tags(), List.of(), SessionTags.NONE).values();
    Duration duration =
        Optional.ofNullable(request.durationSeconds())
            .map(Duration::ofSeconds)
            .orElse(DEFAULT_DURATION);
    require(request, tags, duration, call);
    String issuer =
        outbound
            .issuer(call.account())
            .orElseThrow(() -> new Refusal(new OutboundFederationDisabled()));
    Instant issued = call.time().truncatedTo(ChronoUnit.SECONDS);
    Instant expiry = issued.plus(duration);
    if (call.caller().temporary().filter(it -> expiry.isAfter(it.expiry())).isPresent()) {
      throw new Refusal(new SessionDurationEscalation());
    }
    JsonObject claims =
        JsonObject.builder()
            .put("iss", issuer)
            .put("sub", call.caller().principalArn().toString())
            .put("aud", audience(request.audience()))
            .put("iat", issued.getEpochSecond())
            .put("exp", expiry.getEpochSecond())
            .put("jti", new UUID(random.nextLong(), random.nextLong()).toString())
            .put(AWS_CLAIMS, awsClaims(call, tags))
            .build();
    if (claims.toJson().getBytes(UTF_8).length > MAX_PAYLOAD_BYTES) {
      throw new Refusal(new JwtPayloadSizeExceeded());
    }
    return GetWebIdentityTokenResponse.builder()
        .webIdentityToken(
            outbound.sign(claims, JwsAlgorithm.valueOf(request.signingAlgorithm()), issued))
        .expiration(expiry)
        .build();
  }

  private static void require(
      GetWebIdentityTokenRequest request,
      Map<String, String> tags,
      Duration duration,
      AuthorizedCall call) {
    Map<String, List<String>> context = new LinkedHashMap<>();
    context.put("sts:IdentityTokenAudience", request.audience());
    context.put("sts:SigningAlgorithm", List.of(request.signingAlgorithm()));
    context.put("sts:DurationSeconds", List.of(Long.toString(duration.toSeconds())));
    tags.forEach((key, value) -> context.put("aws:RequestTag/" + key, List.of(value)));
    if (!tags.isEmpty()) {
      context.put("aws:TagKeys", List.copyOf(tags.keySet()));
    }
    Arn self = new Arn("aws", "sts", "", call.account().digits(), "self");
    call.require(new Access("sts:GetWebIdentityToken", self, context));
    if (!tags.isEmpty()) {
      call.require(new Access("sts:TagGetWebIdentityToken", self, context));
    }
  }

  private static JsonValue audience(List<String> audience) {
    return audience.size() == 1
        ? new JsonString(audience.getFirst())
        : new JsonArray(audience.stream().<JsonValue>map(JsonString::new).toList());
  }

  /// What AWS says beside the registered claims; of an organization nothing, as there is none.
  private static JsonObject awsClaims(AuthorizedCall call, Map<String, String> tags) {
    JsonObject.Builder claims =
        JsonObject.builder()
            .put("aws_account", call.account().digits())
            .put("source_region", call.region())
            .put("principal_id", call.caller().principalArn().toString());
    Map<String, String> principalTags = principalTags(call.caller());
    if (!principalTags.isEmpty()) {
      claims.put("principal_tags", object(principalTags));
    }
    if (!tags.isEmpty()) {
      claims.put("request_tags", object(tags));
    }
    Optional<Session> session = call.caller().temporary();
    session.ifPresent(it -> claims.put("original_session_exp", it.expiry().toString()));
    session.flatMap(Session::sourceIdentity).ifPresent(name -> claims.put("source_identity", name));
    session
        .flatMap(Session::webIdentity)
        .ifPresent(identity -> claims.put("federated_provider", identity.provider().toString()));
    return claims.build();
  }

  /// The role's tags and the session's, of which the latter win, whatever case they are in.
  private static SortedMap<String, String> principalTags(Caller caller) {
    SortedMap<String, String> tags = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    if (caller instanceof RoleSession(var _, var _, var role)) {
      tags.putAll(role.tags());
    }
    caller
        .temporary()
        .ifPresent(session ->
            session
                .tags()
                .values()
                .forEach((key, value) -> {
                  tags.remove(key);
                  tags.put(key, value);
                }));
    return tags;
  }

  private static JsonObject object(Map<String, String> texts) {
    JsonObject.Builder object = JsonObject.builder();
    texts.forEach(object::put);
    return object.build();
  }
}
