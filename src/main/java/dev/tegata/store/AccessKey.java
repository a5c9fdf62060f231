package dev.tegata.store;

import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import dev.tegata.database.Sealed;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A long-term access key and its sealed secret.
///
/// `owner` is the root of its account. It speaks for the user whose id is `user`, or else for the
/// root itself; one that is not active speaks for nobody.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html>
public record AccessKey(
    UniqueId id,
    Arn owner,
    Sealed secret,
    Instant created,
    @Nullable UniqueId user,
    boolean active) {

  /// An active key of the account's root.
  public AccessKey(UniqueId id, Arn owner, Sealed secret, Instant created) {
    this(id, owner, secret, created, null, true);
  }

  /// The id of the user that it speaks for.
  public Optional<UniqueId> ofUser() {
    return Optional.ofNullable(user);
  }

  public AccessKey withActive(boolean other) {
    return new AccessKey(id, owner, secret, created, user, other);
  }
}
