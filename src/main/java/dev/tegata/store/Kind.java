package dev.tegata.store;

import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import dev.tegata.sharing.Touched;
import dev.tegata.store.Entity.Group;
import dev.tegata.store.Entity.InstanceProfile;
import dev.tegata.store.Entity.User;
import java.util.Optional;
import java.util.stream.Stream;

/// The kinds of things that a change may touch. Their names stand in the database.
enum Kind {
  ACCOUNT,
  PROVIDER,
  ROLE,
  ROLE_ID,
  USER,
  GROUP,
  INSTANCE_PROFILE,
  POLICY,
  AWS_POLICY,
  ACCESS_KEY,
  REVOCATION;

  static Touched of(Entity entity) {
    return switch (entity) {
      case OidcProvider _ -> PROVIDER.touched(entity);
      case Role _ -> ROLE.touched(entity);
      case ManagedPolicy _ -> POLICY.touched(entity);
      case User user -> USER.touched(user.id().text());
      case Group group -> GROUP.touched(group.id().text());
      case InstanceProfile profile -> INSTANCE_PROFILE.touched(profile.id().text());
    };
  }

  private Touched touched(Entity entity) {
    return new Touched(name(), entity.account().digits(), entity.key());
  }

  static Touched touchedRole(UniqueId id) {
    return ROLE_ID.touched(id.text());
  }

  static Touched touchedAwsPolicy(Arn arn) {
    return AWS_POLICY.touched(arn.toString());
  }

  static Touched touched(Account account) {
    return ACCOUNT.touched(account.id().digits());
  }

  static Touched touched(AccessKey key) {
    return ACCESS_KEY.touched(key.id().text());
  }

  static Touched touched(Revocation revocation) {
    return REVOCATION.touched(revocation.id());
  }

  /// The kind that a name in the database means; a newer program may have written others.
  static Optional<Kind> of(String name) {
    return Stream.of(values()).filter(kind -> kind.name().equals(name)).findFirst();
  }

  private Touched touched(String name) {
    return new Touched(name(), "", name);
  }
}
