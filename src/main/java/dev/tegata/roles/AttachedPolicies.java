package dev.tegata.roles;

import dev.tegata.authorization.Call;
import dev.tegata.aws.QueryOperation;
import dev.tegata.entity.IdentityKind;
import dev.tegata.entity.IdentityPolicies;
import dev.tegata.entity.IdentityPolicies.Whose;
import dev.tegata.entity.Page;
import dev.tegata.entity.Page.Wanted;
import dev.tegata.store.IdentityStore;
import dev.tegata.store.Role;
import java.util.List;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.DeleteRolePermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePermissionsBoundaryResponse;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.PutRolePermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.PutRolePermissionsBoundaryResponse;

/// The managed policies that a role refers to: those that permit, and the one that bounds.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html>
public final class AttachedPolicies {
  private final IdentityPolicies<Role> policies;

  public AttachedPolicies(IdentityStore store) {
    this.policies = new IdentityPolicies<>(store, IdentityKind.ROLE);
  }

  public List<QueryOperation<Call, ?, ?>> operations() {
    return List.of(
        QueryOperation.of("AttachRolePolicy", AttachRolePolicyRequest::builder, this::attach),
        QueryOperation.of("DetachRolePolicy", DetachRolePolicyRequest::builder, this::detach),
        QueryOperation.of(
            "ListAttachedRolePolicies", ListAttachedRolePoliciesRequest::builder, this::list),
        QueryOperation.of(
            "PutRolePermissionsBoundary",
            PutRolePermissionsBoundaryRequest::builder,
            this::putBoundary),
        QueryOperation.of(
            "DeleteRolePermissionsBoundary",
            DeleteRolePermissionsBoundaryRequest::builder,
            this::deleteBoundary));
  }

  /// Attaches a policy; one that is attached stays so.
  public AttachRolePolicyResponse attach(AttachRolePolicyRequest request, Call call) {
    policies.attach(new Whose(request.roleName(), call), request.policyArn());
    return AttachRolePolicyResponse.builder().build();
  }

  public DetachRolePolicyResponse detach(DetachRolePolicyRequest request, Call call) {
    policies.detach(new Whose(request.roleName(), call), request.policyArn());
    return DetachRolePolicyResponse.builder().build();
  }

  public ListAttachedRolePoliciesResponse list(ListAttachedRolePoliciesRequest request, Call call) {
    Page<AttachedPolicy> page =
        policies.listAttached(
            new Whose(request.roleName(), call),
            request.pathPrefix(),
            new Wanted(request.marker(), request.maxItems()));
    return ListAttachedRolePoliciesResponse.builder()
        .attachedPolicies(page.items())
        .isTruncated(page.isTruncated())
        .marker(page.marker())
        .build();
  }

  public PutRolePermissionsBoundaryResponse putBoundary(
      PutRolePermissionsBoundaryRequest request, Call call) {
    policies.putBoundary(new Whose(request.roleName(), call), request.permissionsBoundary());
    return PutRolePermissionsBoundaryResponse.builder().build();
  }

  public DeleteRolePermissionsBoundaryResponse deleteBoundary(
      DeleteRolePermissionsBoundaryRequest request, Call call) {
    policies.deleteBoundary(new Whose(request.roleName(), call));
    return DeleteRolePermissionsBoundaryResponse.builder().build();
  }
}
