package dev.tegata.sts;

import dev.tegata.authentication.Session.SessionTags;
import dev.tegata.aws.Refusal;
import dev.tegata.aws.StsError.InvalidParameterValue;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.sts.model.Tag;

/// The tags of a session to come: those that the request asks for, and those that the caller's own
/// session passes on. Keys are compared without regard to case.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html>
record RequestedTags(SequencedMap<String, String> values, Set<String> transitive) {

  RequestedTags {
    values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
    transitive = Set.copyOf(transitive);
  }

  /// `inherited` are the tags of the caller's session.
  ///
  /// @throws Refusal in AWS's words, when the tags contradict each other
  static RequestedTags read(List<Tag> tags, List<String> transitiveKeys, SessionTags inherited) {
    SequencedMap<String, String> passedOn = new LinkedHashMap<>();
    passOn(inherited, passedOn);
    Map<String, String> spelling = new HashMap<>();
    SequencedMap<String, String> all = new LinkedHashMap<>(passedOn);
    for (Tag tag : tags) {
      if (spelling.put(fold(tag.key()), tag.key()) != null) {
        throw refused("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
      }
      all.put(tag.key(), tag.value());
    }
    Set<String> transitive = new HashSet<>(passedOn.keySet());
    for (String key : transitiveKeys) {
      if (!spelling.containsKey(fold(key))) {
        throw refused("The specified transitive tag key must be included in the requested tags.");
      }
      transitive.add(String.valueOf(spelling.get(fold(key))));
    }
    if (passedOn.keySet().stream().anyMatch(key -> spelling.containsKey(fold(key)))) {
      throw refused(
          "One of the specified transitive tag keys can't be set because it conflicts with a"
              + " transitive tag key from the calling session.");
    }
    return new RequestedTags(all, transitive);
  }

  private static void passOn(SessionTags tags, SequencedMap<String, String> passedOn) {
    new TreeMap<>(tags.values())
        .forEach((key, value) -> {
          if (tags.transitive().stream().anyMatch(key::equalsIgnoreCase)) {
            passedOn.put(key, value);
          }
        });
  }

  private static String fold(String key) {
    return key.toLowerCase(Locale.ROOT);
  }

  private static Refusal refused(String message) {
    return new Refusal(new InvalidParameterValue(message));
  }

  SessionTags ofSession() {
    return new SessionTags(values, transitive);
  }

  /// The condition keys of the request.
  void put(Map<String, List<String>> context) {
    values.forEach((key, value) -> context.put("aws:RequestTag/" + key, List.of(value)));
    if (!values.isEmpty()) {
      context.put("aws:TagKeys", List.copyOf(values.keySet()));
    }
    if (!transitive.isEmpty()) {
      context.put("sts:TransitiveTagKeys", transitive.stream().sorted().toList());
    }
  }
}
