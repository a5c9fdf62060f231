package dev.tegata.api;

import dev.tegata.http.HttpResponse;
import dev.tegata.json.JsonValue;
import dev.tegata.json.JsonValue.JsonArray;
import dev.tegata.json.JsonValue.JsonObject;
import java.util.List;

/// The refusals of GitHub's API: one line a failure, one row a wire form.
///
/// Source: <https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api>
sealed interface GithubError {

  /// A resource has something already: `field` is the member that says what.
  record AlreadyExists(String resource, String field) implements GithubError {}

  record BadCredentials() implements GithubError {}

  record BodyNotAnObject() implements GithubError {}

  record BodyTooLarge() implements GithubError {}

  /// The policies do not allow it.
  record Forbidden() implements GithubError {}

  /// `fault` says which member of the body is not as it should be.
  record InvalidRequest(String fault) implements GithubError {}

  record NotFound() implements GithubError {}

  record ProblemsParsingJson() implements GithubError {}

  record RequiresAuthentication() implements GithubError {}

  /// The status and the message.
  record Wire(int status, String message) {}

  default Wire wire() {
    return switch (this) {
      case AlreadyExists _ -> new Wire(422, "Validation Failed");
      case BadCredentials() -> new Wire(401, "Bad credentials");
      case BodyNotAnObject() -> new Wire(400, "Body should be a JSON object");
      case BodyTooLarge() -> new Wire(413, "Request body is too large");
      case Forbidden() -> new Wire(403, "Resource not accessible by personal access token");
      case InvalidRequest(var fault) -> new Wire(422, "Invalid request.\n\n" + fault);
      case NotFound() -> new Wire(404, "Not Found");
      case ProblemsParsingJson() -> new Wire(400, "Problems parsing JSON");
      case RequiresAuthentication() -> new Wire(401, "Requires authentication");
    };
  }

  /// The answer that tells a client of it.
  default HttpResponse answer() {
    JsonObject.Builder json = JsonObject.builder().put("message", wire().message());
    if (this instanceof AlreadyExists(var resource, var field)) {
      JsonValue error =
          JsonObject.builder()
              .put("resource", resource)
              .put("code", "already_exists")
              .put("field", field)
              .build();
      json.put("errors", new JsonArray(List.of(error)));
    }
    return GithubApi.answer(
        wire().status(),
        json.put("documentation_url", "https://docs.github.com/rest/actions/oidc")
            .put("status", Integer.toString(wire().status()))
            .build());
  }
}
