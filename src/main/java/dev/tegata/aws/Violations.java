package dev.tegata.aws;

import dev.tegata.aws.CommonError.ValidationErrors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a request violates, in AWS's words.
///
/// IAM hides values and tells its members in no order that a reader could name: that of a hash map
/// of their names, as its answers show. What is written wrong in a name, a path or a document it
/// says in a sentence, and only when nothing else is wrong.
final class Violations {
  private static final String NAME =
      "It must contain only alphanumeric characters and/or the following: +=,.@_-";
  private static final String PATH =
      "It must begin and end with / and contain only alphanumeric characters and/or / characters.";
  private static final String PREFIX =
      "It must begin with the / character and contain only alphanumeric characters and/or /"
          + " characters.";
  private static final String DOCUMENT = "It must contain only printable ASCII characters.";

  private static final String ID = "It must contain only alphanumeric characters.";

  /// The sentences of IAM, by the pattern that is not met.
  private static final Map<String, String> SENTENCES =
      Map.of(
          "[\\w+=,.@-]+", NAME,
          "[\\w]+", ID,
          "(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)", PATH,
          "((/[A-Za-z0-9\\.,\\+@=_-]+)*)/", PATH,
          "\\u002F[\\u0021-\\u007F]*", PREFIX,
          "[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+", DOCUMENT);

  private final ViolationStyle style;
  private final Map<String, List<String>> found;
  private final List<String> sentences = new ArrayList<>();

  Violations(ViolationStyle style) {
    this.style = style;
    this.found =
        switch (style) {
          case WITH_VALUES -> new LinkedHashMap<>();
          case WITHOUT_VALUES -> new HashMap<>();
        };
  }

  /// Where a value stands, such as `tags.1.member.key`, and whether no message may repeat it.
  record Place(String path, boolean secret) {}

  /// The required member at `path` is not there.
  void absent(String path) {
    add(new Place(path, false), Optional.empty(), "Member must not be null");
  }

  void add(Place place, Object value, String failure) {
    add(place, Optional.of("'" + value + "'"), failure);
  }

  private void add(Place place, Optional<String> value, String failure) {
    switch (style) {
      case WITH_VALUES -> put(place.path, place.secret ? "" : " " + value.orElse("null"), failure);
      case WITHOUT_VALUES ->
          sentence(place.path, failure)
              .ifPresentOrElse(sentences::add, () -> put(place.path, "", withoutChoice(failure)));
    }
  }

  private void put(String path, String value, String failure) {
    String member = path.split("\\.", 2)[0];
    found
        .computeIfAbsent(member, _ -> new ArrayList<>())
        .add("Value%s at '%s' failed to satisfy constraint: %s".formatted(value, path, failure));
  }

  private static String withoutChoice(String failure) {
    return failure.startsWith(Constraint.ENUM) ? Constraint.ENUM : failure;
  }

  private static Optional<String> sentence(String path, String failure) {
    if (!failure.startsWith(Constraint.PATTERN)) {
      return Optional.empty();
    }
    String pattern = failure.substring(Constraint.PATTERN.length());
    return Optional.ofNullable(SENTENCES.get(pattern))
        .map(sentence -> path.equals("pathPrefix") ? PREFIX : sentence)
        .map(sentence -> "The specified value for %s is invalid. %s".formatted(path, sentence));
  }

  /// The refusal that tells of it all, if there is anything to tell.
  Optional<Refusal> refusal() {
    List<String> all = found.values().stream().flatMap(List::stream).toList();
    if (!all.isEmpty()) {
      return Optional.of(new Refusal(new ValidationErrors(all)));
    }
    return sentences.stream()
        .findFirst()
        .map(sentence -> new Refusal(new CommonError.ValidationError(sentence)));
  }
}
