package dev.tegata.api;

import dev.tegata.http.HttpResponse;
import dev.tegata.json.JsonValue.JsonObject;
import dev.tegata.keys.SigningKeys;
import dev.tegata.keys.SigningKeys.Rotation;
import java.util.Map;

/// The issuer's signing keys: `POST keys/rotate`.
public final class KeysApi {
  private final SigningKeys keys;

  public KeysApi(SigningKeys keys) {
    this.keys = keys;
  }

  /// Publishes a next key, and says when it begins to sign.
  HttpResponse rotate(ApiCall call) {
    call.require("tegata:RotateKeys", call.resource("signing-keys"), Map.of());
    Rotation rotation = keys.rotate(call.time());
    return ApiCall.answer(
        200,
        JsonObject.builder()
            .put("key_id", rotation.keyId())
            .put("signs_from", rotation.signsFrom().toString())
            .build());
  }
}
