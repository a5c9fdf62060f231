package dev.tegata.entity;

import dev.tegata.aws.IamError.UnmodifiableEntity;
import dev.tegata.aws.Refusal;
import dev.tegata.store.Entity.Identity;
import dev.tegata.store.Role;

/// The roles of AWS's own services, which an account has but may not change: they are told by their
/// path, under which no other role can be created.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html>
public final class ProtectedRoles {
  public static final String PATH = "/aws-service-role/";

  private ProtectedRoles() {}

  public static boolean isServiceLinked(Role role) {
    return role.entity().path().startsWith(PATH);
  }

  /// Lets an identity pass whose policies and trust its account may change.
  public static void requireModifiable(Identity<?> identity) {
    if (identity instanceof Role role && isServiceLinked(role)) {
      throw new Refusal(
          new UnmodifiableEntity(
              "Cannot perform the operation on the protected role '%s' - this role is only modifiable by AWS"
                  .formatted(role.name())));
    }
  }
}
