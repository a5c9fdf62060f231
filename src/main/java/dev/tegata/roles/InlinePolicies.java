package dev.tegata.roles;

import dev.tegata.authorization.Call;
import dev.tegata.aws.QueryOperation;
import dev.tegata.entity.Documents;
import dev.tegata.entity.IdentityKind;
import dev.tegata.entity.IdentityPolicies;
import dev.tegata.entity.IdentityPolicies.Inline;
import dev.tegata.entity.IdentityPolicies.Whose;
import dev.tegata.entity.Page;
import dev.tegata.entity.Page.Wanted;
import dev.tegata.store.IdentityStore;
import dev.tegata.store.Role;
import java.util.List;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.GetRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.GetRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.PutRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.PutRolePolicyResponse;

/// The policies that are part of a role. Of their names no two differ in case alone.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html>
public final class InlinePolicies {
  private final IdentityPolicies<Role> policies;

  public InlinePolicies(IdentityStore store) {
    this.policies = new IdentityPolicies<>(store, IdentityKind.ROLE);
  }

  public List<QueryOperation<Call, ?, ?>> operations() {
    return List.of(
        QueryOperation.of("PutRolePolicy", PutRolePolicyRequest::builder, this::put),
        QueryOperation.of("GetRolePolicy", GetRolePolicyRequest::builder, this::get),
        QueryOperation.of("ListRolePolicies", ListRolePoliciesRequest::builder, this::list),
        QueryOperation.of("DeleteRolePolicy", DeleteRolePolicyRequest::builder, this::delete));
  }

  public PutRolePolicyResponse put(PutRolePolicyRequest request, Call call) {
    policies.put(
        new Whose(request.roleName(), call), request.policyName(), request.policyDocument());
    return PutRolePolicyResponse.builder().build();
  }

  public GetRolePolicyResponse get(GetRolePolicyRequest request, Call call) {
    Inline<Role> found = policies.get(new Whose(request.roleName(), call), request.policyName());
    return GetRolePolicyResponse.builder()
        .roleName(found.identity().name())
        .policyName(found.name())
        .policyDocument(Documents.write(found.policy()))
        .build();
  }

  public ListRolePoliciesResponse list(ListRolePoliciesRequest request, Call call) {
    Page<String> page =
        policies.list(
            new Whose(request.roleName(), call), new Wanted(request.marker(), request.maxItems()));
    return ListRolePoliciesResponse.builder()
        .policyNames(page.items())
        .isTruncated(page.isTruncated())
        .marker(page.marker())
        .build();
  }

  public DeleteRolePolicyResponse delete(DeleteRolePolicyRequest request, Call call) {
    policies.delete(new Whose(request.roleName(), call), request.policyName());
    return DeleteRolePolicyResponse.builder().build();
  }
}
