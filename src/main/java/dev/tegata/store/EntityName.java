package dev.tegata.store;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import java.util.Locale;

/// How a role or a policy is called: `path` starts and ends with a slash and is no part of the
/// name.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-friendly-names>
public record EntityName(AccountId account, String path, String name) {

  /// The name as it is compared: two names that differ in case alone are one.
  public String key() {
    return key(name);
  }

  static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /// The ARN of the entity of `kind` that is called so, such as `role`.
  public Arn arn(String kind) {
    return Arn.iam(account, kind + path + name);
  }
}
