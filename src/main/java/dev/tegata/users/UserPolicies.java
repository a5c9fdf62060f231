package dev.tegata.users;

import dev.tegata.authorization.Call;
import dev.tegata.aws.QueryOperation;
import dev.tegata.entity.Documents;
import dev.tegata.entity.IdentityKind;
import dev.tegata.entity.IdentityPolicies;
import dev.tegata.entity.IdentityPolicies.Inline;
import dev.tegata.entity.IdentityPolicies.Whose;
import dev.tegata.entity.Page;
import dev.tegata.entity.Page.Wanted;
import dev.tegata.store.Entity.User;
import dev.tegata.store.IdentityStore;
import java.util.List;
import software.amazon.awssdk.services.iam.model.AttachUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachUserPolicyResponse;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.DeleteUserPermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.DeleteUserPermissionsBoundaryResponse;
import software.amazon.awssdk.services.iam.model.DeleteUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteUserPolicyResponse;
import software.amazon.awssdk.services.iam.model.DetachUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.DetachUserPolicyResponse;
import software.amazon.awssdk.services.iam.model.GetUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetUserPolicyResponse;
import software.amazon.awssdk.services.iam.model.ListAttachedUserPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedUserPoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListUserPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListUserPoliciesResponse;
import software.amazon.awssdk.services.iam.model.PutUserPermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.PutUserPermissionsBoundaryResponse;
import software.amazon.awssdk.services.iam.model.PutUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.PutUserPolicyResponse;

/// The inline policies of users, and the managed ones that they refer to.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPolicy.html>
public final class UserPolicies {
  private final IdentityPolicies<User> policies;

  public UserPolicies(IdentityStore store) {
    this.policies = new IdentityPolicies<>(store, IdentityKind.USER);
  }

  public List<QueryOperation<Call, ?, ?>> operations() {
    return List.of(
        QueryOperation.of("PutUserPolicy", PutUserPolicyRequest::builder, this::put),
        QueryOperation.of("GetUserPolicy", GetUserPolicyRequest::builder, this::get),
        QueryOperation.of("ListUserPolicies", ListUserPoliciesRequest::builder, this::list),
        QueryOperation.of("DeleteUserPolicy", DeleteUserPolicyRequest::builder, this::delete),
        QueryOperation.of("AttachUserPolicy", AttachUserPolicyRequest::builder, this::attach),
        QueryOperation.of("DetachUserPolicy", DetachUserPolicyRequest::builder, this::detach),
        QueryOperation.of(
            "ListAttachedUserPolicies",
            ListAttachedUserPoliciesRequest::builder,
            this::listAttached),
        QueryOperation.of(
            "PutUserPermissionsBoundary",
            PutUserPermissionsBoundaryRequest::builder,
            this::putBoundary),
        QueryOperation.of(
            "DeleteUserPermissionsBoundary",
            DeleteUserPermissionsBoundaryRequest::builder,
            this::deleteBoundary));
  }

  private PutUserPolicyResponse put(PutUserPolicyRequest request, Call call) {
    policies.put(
        new Whose(request.userName(), call), request.policyName(), request.policyDocument());
    return PutUserPolicyResponse.builder().build();
  }

  private GetUserPolicyResponse get(GetUserPolicyRequest request, Call call) {
    Inline<User> found = policies.get(new Whose(request.userName(), call), request.policyName());
    return GetUserPolicyResponse.builder()
        .userName(found.identity().name())
        .policyName(found.name())
        .policyDocument(Documents.write(found.policy()))
        .build();
  }

  private ListUserPoliciesResponse list(ListUserPoliciesRequest request, Call call) {
    Page<String> page =
        policies.list(
            new Whose(request.userName(), call), new Wanted(request.marker(), request.maxItems()));
    return ListUserPoliciesResponse.builder()
        .policyNames(page.items())
        .isTruncated(page.isTruncated())
        .marker(page.marker())
        .build();
  }

  private DeleteUserPolicyResponse delete(DeleteUserPolicyRequest request, Call call) {
    policies.delete(new Whose(request.userName(), call), request.policyName());
    return DeleteUserPolicyResponse.builder().build();
  }

  private AttachUserPolicyResponse attach(AttachUserPolicyRequest request, Call call) {
    policies.attach(new Whose(request.userName(), call), request.policyArn());
    return AttachUserPolicyResponse.builder().build();
  }

  private DetachUserPolicyResponse detach(DetachUserPolicyRequest request, Call call) {
    policies.detach(new Whose(request.userName(), call), request.policyArn());
    return DetachUserPolicyResponse.builder().build();
  }

  private ListAttachedUserPoliciesResponse listAttached(
      ListAttachedUserPoliciesRequest request, Call call) {
    Page<AttachedPolicy> page =
        policies.listAttached(
            new Whose(request.userName(), call),
            request.pathPrefix(),
            new Wanted(request.marker(), request.maxItems()));
    return ListAttachedUserPoliciesResponse.builder()
        .attachedPolicies(page.items())
        .isTruncated(page.isTruncated())
        .marker(page.marker())
        .build();
  }

  private PutUserPermissionsBoundaryResponse putBoundary(
      PutUserPermissionsBoundaryRequest request, Call call) {
    policies.putBoundary(new Whose(request.userName(), call), request.permissionsBoundary());
    return PutUserPermissionsBoundaryResponse.builder().build();
  }

  private DeleteUserPermissionsBoundaryResponse deleteBoundary(
      DeleteUserPermissionsBoundaryRequest request, Call call) {
    policies.deleteBoundary(new Whose(request.userName(), call));
    return DeleteUserPermissionsBoundaryResponse.builder().build();
  }
}
