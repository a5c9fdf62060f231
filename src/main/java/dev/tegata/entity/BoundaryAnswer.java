package dev.tegata.entity;

import dev.tegata.arn.Arn;
import dev.tegata.store.Entity.Identity;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.AttachedPermissionsBoundary;
import software.amazon.awssdk.services.iam.model.PermissionsBoundaryAttachmentType;

/// A permissions boundary as answers show it.
public final class BoundaryAnswer {
  private BoundaryAnswer() {}

  /// The boundary of `identity`; null, which answers leave out, where it has none.
  public static @Nullable AttachedPermissionsBoundary of(Identity<?> identity) {
    Arn boundary = identity.permissions().boundary();
    return boundary == null
        ? null
        : AttachedPermissionsBoundary.builder()
            .permissionsBoundaryType(PermissionsBoundaryAttachmentType.PERMISSIONS_BOUNDARY_POLICY)
            .permissionsBoundaryArn(boundary.toString())
            .build();
  }
}
