package dev.tegata.remote;

import dev.tegata.client.Calls;
import dev.tegata.client.FailedCall;
import dev.tegata.client.SignedCalls;
import dev.tegata.json.JsonValue.JsonObject;
import dev.tegata.server.ServerSettings.Watching;
import dev.tegata.sigv4.RequestSigner;
import dev.tegata.sigv4.RequestSigner.Credentials;
import dev.tegata.sigv4.SecretAccessKey;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where a server is, and who asks it: the options of commands that use Tegata's own interface.
final class ApiOptions {
  private static final String SERVICE = "tegata";

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description = "Where Tegata is; AWS_ENDPOINT_URL if left out.")
  private @Nullable String endpoint;

  /// What the server answers to a signed request for `path` below `/_/api/`; an empty object where
  /// it answers nothing.
  ///
  /// @throws FailedCall when it refuses
  JsonObject call(String method, String path, String json) {
    Instant now = Watching.now(_ -> {}).clock().instant();
    Calls.Answer answer = calls().send(method, "/_/api/" + path, json, now);
    try {
      JsonObject body = JsonObject.parse(answer.body().isBlank() ? "{}" : answer.body());
      if (answer.status() / 100 != 2) {
        throw new FailedCall(
            "Tegata answers %d %s: %s"
                .formatted(
                    answer.status(),
                    body.text("code").orElse(""),
                    body.text("message").orElse("no reason")));
      }
      return body;
    } catch (IllegalArgumentException e) {
      throw new FailedCall("what answers is not Tegata: " + answer.status() + ", and not JSON");
    }
  }

  private SignedCalls calls() {
    String url =
        Optional.ofNullable(endpoint)
            .or(() -> variable("AWS_ENDPOINT_URL"))
            .orElseThrow(
                () -> new UsageFault("which server? give --endpoint URL, or set AWS_ENDPOINT_URL"));
    Credentials credentials =
        new Credentials(
            required("AWS_ACCESS_KEY_ID"),
            new SecretAccessKey(required("AWS_SECRET_ACCESS_KEY")),
            variable("AWS_SESSION_TOKEN").orElse(null));
    String region =
        variable("AWS_REGION").or(() -> variable("AWS_DEFAULT_REGION")).orElse("us-east-1");
    try {
      return new SignedCalls(URI.create(url), new RequestSigner(credentials, region, SERVICE));
    } catch (IllegalArgumentException e) {
      throw new UsageFault("`" + url + "` is not a URL");
    }
  }

  private static String required(String name) {
    return variable(name)
        .orElseThrow(() -> new UsageFault("who asks? set " + name + "; it signs the request"));
  }

  private static Optional<String> variable(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isEmpty());
  }
}
