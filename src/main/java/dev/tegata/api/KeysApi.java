package dev.tegata.api;

import dev.tegata.http.HttpResponse;
import dev.tegata.issuer.OutboundFederation;
import dev.tegata.json.JsonValue;
import dev.tegata.json.JsonValue.JsonArray;
import dev.tegata.json.JsonValue.JsonObject;
import dev.tegata.keys.RotatingRing;
import dev.tegata.keys.SigningKeys;
import dev.tegata.keys.SigningKeys.Rotation;
import java.util.List;

/// The issuer's signing keys, `POST keys/rotate`; those for tokens that other clouds take, `POST
/// outbound-keys/rotate`; and the keys that seal session tokens, `POST session-keys/rotate`.
public final class KeysApi {
  private final SigningKeys keys;
  private final OutboundFederation outbound;
  private final RotatingRing sessionKeys;

  public KeysApi(SigningKeys keys, OutboundFederation outbound, RotatingRing sessionKeys) {
    this.keys = keys;
    this.outbound = outbound;
    this.sessionKeys = sessionKeys;
  }

  /// Seals session tokens with a new key at once; sessions that live go on.
  HttpResponse rotateSessionKeys(ApiCall call) {
    call.requireManaging("tegata:RotateKeys", call.resource("session-keys"));
    sessionKeys.rotate();
    return ApiCall.answer(
        200,
        JsonObject.builder()
            .put("old_keys_open_until", call.time().plus(RotatingRing.RETENTION).toString())
            .build());
  }

  /// Publishes a next key, and says when it begins to sign.
  HttpResponse rotate(ApiCall call) {
    call.requireManaging("tegata:RotateKeys", call.resource("signing-keys"));
    return ApiCall.answer(200, written(keys.rotate(call.time())));
  }

  /// Publishes a next key for each algorithm.
  HttpResponse rotateOutbound(ApiCall call) {
    call.requireManaging("tegata:RotateKeys", call.resource("outbound-keys"));
    List<JsonValue> keys =
        outbound.rotate(call.time()).stream().<JsonValue>map(KeysApi::written).toList();
    return ApiCall.answer(200, JsonObject.builder().put("keys", new JsonArray(keys)).build());
  }

  private static JsonObject written(Rotation rotation) {
    return JsonObject.builder()
        .put("key_id", rotation.keyId())
        .put("signs_from", rotation.signsFrom().toString())
        .build();
  }
}
