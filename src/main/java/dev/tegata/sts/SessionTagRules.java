package dev.tegata.sts;

import dev.tegata.arn.Arn;
import dev.tegata.token.AwsClaims;
import dev.tegata.token.AwsClaims.Malformed;
import dev.tegata.token.AwsClaims.Requested;
import dev.tegata.token.IdTokenClaims;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// What session tags and a source identity may look like.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_know>
public final class SessionTagRules {
  private static final int MAX_TAGS = 50;
  private static final int MAX_KEY = 128;
  private static final int MAX_VALUE = 256;
  private static final Pattern TEXT = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");
  private static final Pattern SOURCE_IDENTITY = Pattern.compile("[\\w+=,.@-]{2,256}");

  private SessionTagRules() {}

  /// What a token asks for beside `role`, if a session may have it.
  public static AwsClaims requested(IdTokenClaims claims, Arn role) {
    return switch (AwsClaims.read(claims, role)) {
      case Requested(var tags, var transitive, var _, var _)
          when !admit(tags) || !tags.keySet().containsAll(transitive) ->
          new Malformed(
              "principal_tags passed in claim is not in correct format.",
              "a session tag is too long, has other characters than a tag may, or is there twice");
      case Requested(var _, var _, var name, var _)
          when name != null && !admitSourceIdentity(name) ->
          new Malformed(
              "source_identity passed in claim is not in correct format.",
              "a source identity is 2 to 256 letters, digits and `+=,.@-_`");
      case AwsClaims requested -> requested;
    };
  }

  /// Whether `tags` may be a session's: no two keys differ in case alone.
  static boolean admit(Map<String, String> tags) {
    Set<String> keys = new HashSet<>();
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      boolean isGood =
          !tag.getKey().isEmpty()
              && tag.getKey().length() <= MAX_KEY
              && tag.getValue().length() <= MAX_VALUE
              && TEXT.matcher(tag.getKey()).matches()
              && TEXT.matcher(tag.getValue()).matches();
      if (!isGood || !keys.add(tag.getKey().toLowerCase(Locale.ROOT))) {
        return false;
      }
    }
    return tags.size() <= MAX_TAGS;
  }

  /// Whether `name` may be a source identity. AWS was seen to take up to 256 characters, where its
  /// model says 64.
  static boolean admitSourceIdentity(String name) {
    return SOURCE_IDENTITY.matcher(name).matches();
  }
}
