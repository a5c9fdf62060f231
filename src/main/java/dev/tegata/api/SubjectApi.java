package dev.tegata.api;

import dev.tegata.api.GithubError.NotFound;
import dev.tegata.http.HttpResponse;
import dev.tegata.issuer.Customizations;
import dev.tegata.issuer.Customizations.Kind;
import dev.tegata.issuer.RegisteredJobs;
import dev.tegata.issuer.SubjectCustomization;
import dev.tegata.json.JsonValue;
import dev.tegata.json.JsonValue.JsonArray;
import dev.tegata.json.JsonValue.JsonBoolean;
import dev.tegata.json.JsonValue.JsonObject;
import dev.tegata.json.JsonValue.JsonString;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The subjects of an organization's or a repository's tokens: `…/oidc/customization/sub`.
///
/// Source: <https://docs.github.com/en/rest/actions/oidc>
public final class SubjectApi {
  private static final String USE_DEFAULT = "use_default";
  private static final String CLAIM_KEYS = "include_claim_keys";
  private static final String IMMUTABLE = "use_immutable_subject";
  private static final List<String> USUAL = List.of("repo", "context");

  private final Customizations customizations;
  private final RegisteredJobs jobs;

  public SubjectApi(Customizations customizations, RegisteredJobs jobs) {
    this.customizations = customizations;
    this.jobs = jobs;
  }

  Customizations customizations() {
    return customizations;
  }

  /// Answers a request whose `body` has not been looked at.
  HttpResponse answer(String method, GithubPath path, String body) {
    boolean isRepository = path.kind() == Kind.REPOSITORY;
    return switch (method) {
      case "GET" ->
          GithubApi.answer(200, isRepository ? repository(path.name()) : organization(path.name()));
      case "PUT" -> {
        customizations.put(
            path.kind(),
            path.name(),
            isRepository ? ofRepository(path.name(), body) : ofOrganization(path.name(), body));
        yield GithubApi.answer(201, JsonObject.builder().build());
      }
      default -> throw new GithubRefusal(new NotFound());
    };
  }

  private JsonObject organization(String name) {
    SubjectCustomization found = customizations.organization(name);
    List<String> keys = found.claimKeys().isEmpty() ? USUAL : found.claimKeys();
    JsonObject.Builder json = JsonObject.builder().put(CLAIM_KEYS, texts(keys));
    found.immutable().ifPresent(truth -> json.put(IMMUTABLE, new JsonBoolean(truth)));
    return json.build();
  }

  /// The prefix is told when a job of the repository has told its ids.
  private JsonObject repository(String name) {
    SubjectCustomization found = customizations.repository(name);
    JsonObject.Builder json =
        JsonObject.builder().put(USE_DEFAULT, new JsonBoolean(found.useDefault()));
    if (!found.claimKeys().isEmpty()) {
      json.put(CLAIM_KEYS, texts(found.claimKeys()));
    }
    found.immutable().ifPresent(truth -> json.put(IMMUTABLE, new JsonBoolean(truth)));
    jobs.newestOf(name)
        .ifPresent(
            job -> json.put("sub_claim_prefix", customizations.subjectPrefix(job.description())));
    return json.build();
  }

  /// What is left out stays as it was.
  private SubjectCustomization ofOrganization(String name, String text) {
    GithubBody body = new GithubBody(text, Set.of(CLAIM_KEYS, IMMUTABLE));
    SubjectCustomization before = customizations.organization(name);
    List<String> keys = body.texts(CLAIM_KEYS).orElse(before.claimKeys());
    Optional<Boolean> immutable = body.flag(IMMUTABLE).or(before::immutable);
    return customization(false, keys, immutable);
  }

  private SubjectCustomization ofRepository(String name, String text) {
    GithubBody body = new GithubBody(text, Set.of(USE_DEFAULT, CLAIM_KEYS, IMMUTABLE));
    boolean useDefault = body.requiredFlag(USE_DEFAULT);
    List<String> keys = body.texts(CLAIM_KEYS).orElse(List.of());
    Optional<Boolean> immutable =
        body.flag(IMMUTABLE).or(() -> customizations.repository(name).immutable());
    SubjectCustomization read = customization(useDefault, keys, immutable);
    return useDefault ? new SubjectCustomization(true, List.of(), immutable) : read;
  }

  private static SubjectCustomization customization(
      boolean useDefault, List<String> keys, Optional<Boolean> immutable) {
    try {
      return new SubjectCustomization(useDefault, keys, immutable);
    } catch (IllegalArgumentException e) {
      throw GithubBody.invalid("For 'properties/%s': %s.".formatted(CLAIM_KEYS, e.getMessage()));
    }
  }

  private static JsonArray texts(List<String> texts) {
    return new JsonArray(texts.stream().map(it -> (JsonValue) new JsonString(it)).toList());
  }
}
