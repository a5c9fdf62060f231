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
import dev.tegata.store.Entity.Group;
import dev.tegata.store.IdentityStore;
import java.util.List;
import software.amazon.awssdk.services.iam.model.AttachGroupPolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachGroupPolicyResponse;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.DeleteGroupPolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteGroupPolicyResponse;
import software.amazon.awssdk.services.iam.model.DetachGroupPolicyRequest;
import software.amazon.awssdk.services.iam.model.DetachGroupPolicyResponse;
import software.amazon.awssdk.services.iam.model.GetGroupPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetGroupPolicyResponse;
import software.amazon.awssdk.services.iam.model.ListAttachedGroupPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedGroupPoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListGroupPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListGroupPoliciesResponse;
import software.amazon.awssdk.services.iam.model.PutGroupPolicyRequest;
import software.amazon.awssdk.services.iam.model.PutGroupPolicyResponse;

/// The inline policies of groups, and the managed ones that they refer to.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutGroupPolicy.html>
public final class GroupPolicies {
  private final IdentityPolicies<Group> policies;

  public GroupPolicies(IdentityStore store) {
    this.policies = new IdentityPolicies<>(store, IdentityKind.GROUP);
  }

  public List<QueryOperation<Call, ?, ?>> operations() {
    return List.of(
        QueryOperation.of("PutGroupPolicy", PutGroupPolicyRequest::builder, this::put),
        QueryOperation.of("GetGroupPolicy", GetGroupPolicyRequest::builder, this::get),
        QueryOperation.of("ListGroupPolicies", ListGroupPoliciesRequest::builder, this::list),
        QueryOperation.of("DeleteGroupPolicy", DeleteGroupPolicyRequest::builder, this::delete),
        QueryOperation.of("AttachGroupPolicy", AttachGroupPolicyRequest::builder, this::attach),
        QueryOperation.of("DetachGroupPolicy", DetachGroupPolicyRequest::builder, this::detach),
        QueryOperation.of(
            "ListAttachedGroupPolicies",
            ListAttachedGroupPoliciesRequest::builder,
            this::listAttached));
  }

  private PutGroupPolicyResponse put(PutGroupPolicyRequest request, Call call) {
    policies.put(
        new Whose(request.groupName(), call), request.policyName(), request.policyDocument());
    return PutGroupPolicyResponse.builder().build();
  }

  private GetGroupPolicyResponse get(GetGroupPolicyRequest request, Call call) {
    Inline<Group> found = policies.get(new Whose(request.groupName(), call), request.policyName());
    return GetGroupPolicyResponse.builder()
        .groupName(found.identity().name())
        .policyName(found.name())
        .policyDocument(Documents.write(found.policy()))
        .build();
  }

  private ListGroupPoliciesResponse list(ListGroupPoliciesRequest request, Call call) {
    Page<String> page =
        policies.list(
            new Whose(request.groupName(), call), new Wanted(request.marker(), request.maxItems()));
    return ListGroupPoliciesResponse.builder()
        .policyNames(page.items())
        .isTruncated(page.isTruncated())
        .marker(page.marker())
        .build();
  }

  private DeleteGroupPolicyResponse delete(DeleteGroupPolicyRequest request, Call call) {
    policies.delete(new Whose(request.groupName(), call), request.policyName());
    return DeleteGroupPolicyResponse.builder().build();
  }

  private AttachGroupPolicyResponse attach(AttachGroupPolicyRequest request, Call call) {
    policies.attach(new Whose(request.groupName(), call), request.policyArn());
    return AttachGroupPolicyResponse.builder().build();
  }

  private DetachGroupPolicyResponse detach(DetachGroupPolicyRequest request, Call call) {
    policies.detach(new Whose(request.groupName(), call), request.policyArn());
    return DetachGroupPolicyResponse.builder().build();
  }

  private ListAttachedGroupPoliciesResponse listAttached(
      ListAttachedGroupPoliciesRequest request, Call call) {
    Page<AttachedPolicy> page =
        policies.listAttached(
            new Whose(request.groupName(), call),
            request.pathPrefix(),
            new Wanted(request.marker(), request.maxItems()));
    return ListAttachedGroupPoliciesResponse.builder()
        .attachedPolicies(page.items())
        .isTruncated(page.isTruncated())
        .marker(page.marker())
        .build();
  }
}
