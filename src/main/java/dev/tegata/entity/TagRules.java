package dev.tegata.entity;

import dev.tegata.aws.IamError.InvalidInput;
import dev.tegata.aws.IamError.LimitExceeded;
import dev.tegata.aws.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import software.amazon.awssdk.services.iam.model.Tag;

/// How the tags of a kind of entity are told apart and counted: of a user or role no two keys
/// differ in case alone, of all else they may.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html>
public enum TagRules {
  OIDC_PROVIDER("OpenIdConnectProvider", true),
  POLICY("Policy", true),
  ROLE("Role", false),
  USER("User", false),
  INSTANCE_PROFILE("InstanceProfile", true),
  MFA_DEVICE("MFADevice", true),
  SAML_PROVIDER("SamlProvider", true),
  SERVER_CERTIFICATE("ServerCertificate", true);

  private static final int MAX_TAGS = 50;

  private final String kind;
  private final boolean caseMatters;

  TagRules(String kind, boolean caseMatters) {
    this.kind = kind;
    this.caseMatters = caseMatters;
  }

  /// The tags of a request, none of which may occur twice or have a key that AWS keeps for itself.
  /// IAM documents that it refuses the latter but not how: the text is that of other services.
  public SequencedMap<String, String> read(List<Tag> tags) {
    SequencedMap<String, String> read = new LinkedHashMap<>();
    for (Tag tag : tags) {
      if (tag.key().toLowerCase(Locale.ROOT).startsWith("aws:")) {
        throw new Refusal(
            new InvalidInput("Caller is an end user and not allowed to mutate system tags"));
      }
      if (read.keySet().stream().anyMatch(key -> same(key, tag.key()))) {
        String found = "Duplicate tag keys found.";
        throw new Refusal(
            new InvalidInput(
                caseMatters ? found : found + " Please note that Tag keys are case insensitive."));
      }
      read.put(tag.key(), tag.value());
    }
    return read;
  }

  /// `tags` with those of a request, which replace what has the same key.
  public SequencedMap<String, String> add(SequencedMap<String, String> tags, List<Tag> more) {
    SequencedMap<String, String> all = remove(tags, more.stream().map(Tag::key).toList());
    all.putAll(read(more));
    if (all.size() > MAX_TAGS) {
      throw new Refusal(
          new LimitExceeded(
              caseMatters
                  ? "The number of tags has reached the maximum limit."
                  : "Cannot exceed quota for TagsPer%s: %d".formatted(kind, MAX_TAGS)));
    }
    return all;
  }

  public SequencedMap<String, String> remove(SequencedMap<String, String> tags, List<String> keys) {
    SequencedMap<String, String> left = new LinkedHashMap<>(tags);
    left.keySet().removeIf(key -> keys.stream().anyMatch(other -> same(key, other)));
    return left;
  }

  private boolean same(String key, String other) {
    return caseMatters ? key.equals(other) : key.equalsIgnoreCase(other);
  }

  public static List<Tag> write(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
  }
}
