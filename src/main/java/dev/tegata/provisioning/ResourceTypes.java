package dev.tegata.provisioning;

import dev.tegata.authorization.Call;
import dev.tegata.cloudformation.ResourceType;
import dev.tegata.iam.Iam;
import dev.tegata.objects.BucketStore;
import java.util.List;

/// All that a template can declare here.
public final class ResourceTypes {
  private ResourceTypes() {}

  /// The types, which create on behalf of `call`.
  public static List<ResourceType> all(Iam iam, BucketStore buckets, Call call) {
    return List.of(
        new OidcProviderResource(iam, call),
        new RoleResource(iam, call),
        new RolePolicyResource(iam, call),
        new PolicyResource(iam, call),
        new ManagedPolicyResource(iam, call),
        new BucketResource(buckets, call),
        new CdkMetadataResource());
  }
}
