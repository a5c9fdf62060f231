package dev.tegata.cli;

import dev.tegata.client.Calls;
import dev.tegata.client.FailedCall;
import dev.tegata.http.PercentEncoding;
import dev.tegata.json.JsonValue.JsonObject;
import dev.tegata.remote.Json;
import dev.tegata.remote.UsageFault;
import dev.tegata.token.UnverifiedJwt;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/// Asks for an ID token as a job does.
///
/// Source:
/// <https://docs.github.com/en/actions/reference/security/oidc#methods-for-requesting-the-oidc-token>
final class JobIdToken {
  private static final String URL = "ACTIONS_ID_TOKEN_REQUEST_URL";
  private static final String TOKEN = "ACTIONS_ID_TOKEN_REQUEST_TOKEN";

  private JobIdToken() {}

  /// A token for `audience`, asked for with the two variables in `environment`.
  ///
  /// @throws UsageFault when they are not set
  /// @throws FailedCall when the issuer gives none
  static String request(Map<String, String> environment, String audience) {
    Optional<String> url = Optional.ofNullable(environment.get(URL)).filter(it -> !it.isEmpty());
    Optional<String> bearer =
        Optional.ofNullable(environment.get(TOKEN)).filter(it -> !it.isEmpty());
    if (url.isEmpty() || bearer.isEmpty()) {
      throw new UsageFault(
          """
          no ID token can be asked for: %s is not set.
            A job gets it when its permissions say so:
              permissions:
                id-token: write
            Outside of a job there is none; `tegata assume --token-file FILE` takes one that you have.\
          """
              .formatted(url.isEmpty() ? URL : TOKEN));
    }
    String separator = url.get().contains("?") ? "&" : "?";
    Calls.Answer answer =
        Calls.get(
            URI.create(url.get() + separator + "audience=" + PercentEncoding.encode(audience)),
            bearer.get());
    try {
      JsonObject json = JsonObject.parse(answer.body());
      if (answer.status() == 200) {
        return json.text("value")
            .orElseThrow(() -> new FailedCall("the issuer answers without a token"));
      }
      throw new FailedCall(
          "the issuer answers %d: %s"
              .formatted(
                  answer.status(),
                  json.text("errorMessage").or(() -> json.text("message")).orElse("no reason")));
    } catch (IllegalArgumentException e) {
      throw new FailedCall("the issuer answers %d, and not JSON".formatted(answer.status()));
    }
  }

  /// What `token` claims, as JSON over several lines. Nothing of it is checked.
  static String claims(String token) {
    try {
      return Json.pretty(UnverifiedJwt.parse(token).claims().members().toJson()).strip();
    } catch (IllegalArgumentException e) {
      throw new FailedCall("what the issuer gave is no token: " + e.getMessage());
    }
  }
}
