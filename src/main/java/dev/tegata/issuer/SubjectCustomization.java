package dev.tegata.issuer;

import dev.tegata.github.SubjectTemplate;
import dev.tegata.github.SubjectTemplate.RepositoryForm;
import dev.tegata.json.JsonValue;
import dev.tegata.json.JsonValue.JsonArray;
import dev.tegata.json.JsonValue.JsonBoolean;
import dev.tegata.json.JsonValue.JsonObject;
import dev.tegata.json.JsonValue.JsonString;
import java.util.List;
import java.util.Optional;

/// How an organization or a repository wants its subjects.
///
/// `claimKeys` is empty where nothing is said. `immutable` is whether the repository is spelled
/// with its ids; an organization always has `useDefault` false, for it is the default of those
/// repositories that ask for it.
///
/// Source: <https://docs.github.com/en/rest/actions/oidc>
public record SubjectCustomization(
    boolean useDefault, List<String> claimKeys, Optional<Boolean> immutable) {
  static final String USE_DEFAULT = "use_default";
  static final String CLAIM_KEYS = "include_claim_keys";
  static final String IMMUTABLE = "use_immutable_subject";

  /// What an organization that has said nothing has.
  public static final SubjectCustomization ORGANIZATION =
      new SubjectCustomization(false, List.of(), Optional.empty());

  /// What a repository that has said nothing has.
  public static final SubjectCustomization REPOSITORY =
      new SubjectCustomization(true, List.of(), Optional.empty());

  /// @throws IllegalArgumentException when the keys are none of a template
  public SubjectCustomization {
    if (!claimKeys.isEmpty()) {
      claimKeys = new SubjectTemplate(claimKeys, RepositoryForm.NAMES).claimKeys();
    }
  }

  boolean wantsIds() {
    return immutable.orElse(false);
  }

  /// As it is kept.
  JsonObject toJson() {
    JsonObject.Builder json = JsonObject.builder().put(USE_DEFAULT, new JsonBoolean(useDefault));
    json.put(
        CLAIM_KEYS,
        new JsonArray(claimKeys.stream().map(key -> (JsonValue) new JsonString(key)).toList()));
    immutable.ifPresent(truth -> json.put(IMMUTABLE, new JsonBoolean(truth)));
    return json.build();
  }

  /// Reads what [#toJson] wrote.
  static SubjectCustomization read(JsonObject json) {
    List<String> keys =
        json.member(CLAIM_KEYS)
            .map(array ->
                ((JsonArray) array)
                    .items().stream().map(item -> ((JsonString) item).text()).toList())
            .orElse(List.of());
    return new SubjectCustomization(
        json.member(USE_DEFAULT).equals(Optional.of(new JsonBoolean(true))),
        keys,
        json.member(IMMUTABLE).map(truth -> ((JsonBoolean) truth).truth()));
  }
}
