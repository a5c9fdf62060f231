package dev.tegata.api;

import dev.tegata.http.HttpResponse;
import dev.tegata.json.JsonValue.JsonObject;
import dev.tegata.keys.RotatingRing;
import dev.tegata.keys.SigningKeys;
import dev.tegata.keys.SigningKeys.Rotation;

/// The issuer's signing keys, `POST keys/rotate`, and the keys that seal session tokens, `POST
/// session-keys/rotate`.
public final class KeysApi {
  private final SigningKeys keys;
  private final RotatingRing sessionKeys;

  public KeysApi(SigningKeys keys, RotatingRing sessionKeys) {
    this.keys = keys;
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
    Rotation rotation = keys.rotate(call.time());
    return ApiCall.answer(
        200,
        JsonObject.builder()
            .put("key_id", rotation.keyId())
            .put("signs_from", rotation.signsFrom().toString())
            .build());
  }
}
