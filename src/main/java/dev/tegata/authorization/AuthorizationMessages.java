package dev.tegata.authorization;

import dev.tegata.arn.AccountId;
import dev.tegata.audit.AuditEvent.Outcome.Decided;
import dev.tegata.audit.AuditEvent.Source;
import dev.tegata.keys.KeyRing;
import dev.tegata.policy.Context.Value.Multi;
import dev.tegata.policy.Context.Value.Single;
import dev.tegata.policy.Decision.ExplicitlyDenied;
import dev.tegata.policy.Request;
import dev.tegata.policy.RequestPrincipal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the policies said of a refused request, sealed so that the client can carry it to somebody
/// who may read it.
///
/// The members are AWS's; `reason` and `requestId` are ours. A message is read in the account of
/// the caller that was refused, for a day.
///
/// Source:
/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html>
public final class AuthorizationMessages {
  /// How long a message can be read.
  public static final Duration LIFETIME = Duration.ofDays(1);

  private static final String PURPOSE = "authorization message";
  private static final JsonMapper JSON = JsonMapper.shared();

  /// What a header field has room for beside all others, in characters.
  private static final int MAX_LENGTH = 4096;

  private static final int MAX_JSON_BYTES = 1 << 20;

  private final KeyRing ring;

  public AuthorizationMessages(KeyRing ring) {
    this.ring = ring;
  }

  /// The message for a refusal; empty text when it would be too long to send.
  String seal(Request request, Decided outcome, Source source) {
    SequencedMap<String, Object> sealed = new LinkedHashMap<>();
    sealed.put("account", account(request.principal()));
    sealed.put("until", source.time().plus(LIFETIME).getEpochSecond());
    sealed.put("message", message(request, outcome, source));
    byte[] bytes = ring.seal(deflated(JSON.writeValueAsBytes(sealed)), PURPOSE);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    return text.length() > MAX_LENGTH ? "" : text;
  }

  /// The JSON in `text`, or nothing when it was not sealed here, for `account`, within a day.
  public Optional<String> open(String text, AccountId account, Instant now) {
    try {
      return ring.open(Base64.getUrlDecoder().decode(text), PURPOSE)
          .map(bytes -> JSON.readTree(inflated(bytes)))
          .filter(sealed -> sealed.path("account").asString().equals(account.digits()))
          .filter(sealed -> now.getEpochSecond() < sealed.path("until").asLong())
          .map(sealed -> sealed.path("message"))
          .map(JsonNode::toString);
    } catch (IllegalArgumentException | JacksonException e) {
      return Optional.empty(); // not base64, or of an older form
    }
  }

  private static SequencedMap<String, Object> message(
      Request request, Decided outcome, Source source) {
    SequencedMap<String, Object> message = new LinkedHashMap<>();
    message.put("allowed", false);
    message.put("explicitDeny", outcome.decision() instanceof ExplicitlyDenied);
    message.put(
        "matchedStatements",
        items(
            outcome.decision() instanceof ExplicitlyDenied(var by, var _)
                ? List.of(Map.of("statement", by.toString()))
                : List.of()));
    message.put("failures", items(List.of()));
    message.put("context", context(request));
    message.put("reason", outcome.explanation());
    message.put("requestId", source.requestId());
    return message;
  }

  private static SequencedMap<String, Object> context(Request request) {
    List<Object> conditions = new ArrayList<>();
    request
        .context()
        .values()
        .forEach((key, value) -> {
          List<String> texts =
              switch (value) {
                case Single(var text) -> List.of(text);
                case Multi(var several) -> several;
              };
          SequencedMap<String, Object> condition = new LinkedHashMap<>();
          condition.put("key", key);
          condition.put(
              "values", items(texts.stream().map(text -> Map.of("value", text)).toList()));
          conditions.add(condition);
        });
    SequencedMap<String, Object> context = new LinkedHashMap<>();
    SequencedMap<String, Object> principal = new LinkedHashMap<>();
    value(request, "aws:userid").ifPresent(id -> principal.put("id", id));
    value(request, "aws:principalarn").ifPresent(arn -> principal.put("arn", arn));
    context.put("principal", principal);
    context.put("action", request.action());
    context.put("resource", request.resource().toString());
    context.put("conditions", items(conditions));
    return context;
  }

  private static Optional<String> value(Request request, String key) {
    return request
        .context()
        .get(key)
        .flatMap(value -> value instanceof Single(var text) ? Optional.of(text) : Optional.empty());
  }

  private static Map<String, Object> items(List<?> items) {
    return Map.of("items", items);
  }

  private static String account(RequestPrincipal principal) {
    return switch (principal) {
      case RequestPrincipal.Root(var account) -> account.digits();
      case RequestPrincipal.RoleSession session -> session.account().digits();
      case RequestPrincipal.FederatedUser user -> user.account().digits();
      case RequestPrincipal.User user -> user.account().digits();
      case RequestPrincipal.WebIdentity _,
          RequestPrincipal.Service _,
          RequestPrincipal.Anonymous _ ->
          "";
    };
  }

  private static byte[] deflated(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
      out.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // an array does not fail
    }
    return bytes.toByteArray();
  }

  private static byte[] inflated(byte[] bytes) {
    try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
      return in.readNBytes(MAX_JSON_BYTES);
    } catch (IOException e) {
      throw new IllegalArgumentException("not what was sealed", e);
    }
  }
}
