package dev.tegata.simulation;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import java.util.Optional;
import java.util.Set;

/// The ARN of a user, group or role; `name` is without its path.
public record EntityArn(Arn arn, AccountId account, String kind, String name) {
  private static final Set<String> KINDS = Set.of("user", "group", "role");

  /// Reads such an ARN; empty when `text` is another one, or none.
  public static Optional<EntityArn> parse(String text) {
    try {
      Arn arn = Arn.parse(text);
      AccountId account = new AccountId(arn.account());
      String resource = arn.resource();
      String kind = resource.substring(0, Math.max(0, resource.indexOf('/')));
      String name = resource.substring(resource.lastIndexOf('/') + 1);
      boolean entity = arn.service().equals("iam") && arn.region().isEmpty();
      return entity && KINDS.contains(kind) && !name.isEmpty()
          ? Optional.of(new EntityArn(arn, account, kind, name))
          : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
