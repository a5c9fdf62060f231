package dev.tegata.iam;

import dev.tegata.authorization.Call;
import dev.tegata.aws.IamError.LimitExceeded;
import dev.tegata.aws.IamError.NoSuchEntity;
import dev.tegata.aws.QueryOperation;
import dev.tegata.aws.Refusal;
import dev.tegata.iam.Page.Wanted;
import dev.tegata.iam.RoleAccess.Asked;
import dev.tegata.policy.Policy;
import dev.tegata.policy.PolicyKind;
import dev.tegata.store.IdentityStore;
import dev.tegata.store.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
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
  private static final int MAX_SIZE = 10_240;

  private final RoleAccess roles;

  InlinePolicies(IdentityStore store) {
    this.roles = new RoleAccess(store);
  }

  List<QueryOperation<Call, ?, ?>> operations() {
    return List.of(
        QueryOperation.of("PutRolePolicy", PutRolePolicyRequest::builder, this::put),
        QueryOperation.of("GetRolePolicy", GetRolePolicyRequest::builder, this::get),
        QueryOperation.of("ListRolePolicies", ListRolePoliciesRequest::builder, this::list),
        QueryOperation.of("DeleteRolePolicy", DeleteRolePolicyRequest::builder, this::delete));
  }

  public PutRolePolicyResponse put(PutRolePolicyRequest request, Call call) {
    roles.change(
        Asked.of(call, "iam:PutRolePolicy", request.roleName()),
        (_, role) -> {
          SequencedMap<String, Policy> inline = new LinkedHashMap<>(role.permissions().inline());
          inline.keySet().removeIf(request.policyName()::equalsIgnoreCase);
          inline.put(
              request.policyName(), Documents.read(PolicyKind.IDENTITY, request.policyDocument()));
          if (inline.values().stream().mapToInt(Policy::size).sum() > MAX_SIZE) {
            throw new Refusal(
                new LimitExceeded(
                    "Maximum policy size of %d bytes exceeded for role %s"
                        .formatted(MAX_SIZE, role.name())));
          }
          return role.withPermissions(role.permissions().withInline(inline));
        });
    return PutRolePolicyResponse.builder().build();
  }

  public GetRolePolicyResponse get(GetRolePolicyRequest request, Call call) {
    Role role = roles.read(Asked.of(call, "iam:GetRolePolicy", request.roleName()));
    Map.Entry<String, Policy> policy = find(role, request.policyName());
    return GetRolePolicyResponse.builder()
        .roleName(role.name())
        .policyName(policy.getKey())
        .policyDocument(Documents.write(policy.getValue()))
        .build();
  }

  public ListRolePoliciesResponse list(ListRolePoliciesRequest request, Call call) {
    Role role = roles.read(Asked.of(call, "iam:ListRolePolicies", request.roleName()));
    Page<String> page =
        Page.of(
            List.copyOf(role.permissions().inline().keySet()),
            name -> name.toLowerCase(Locale.ROOT),
            new Wanted(request.marker(), request.maxItems()));
    return ListRolePoliciesResponse.builder()
        .policyNames(page.items())
        .isTruncated(page.isTruncated())
        .marker(page.marker())
        .build();
  }

  public DeleteRolePolicyResponse delete(DeleteRolePolicyRequest request, Call call) {
    roles.change(
        Asked.of(call, "iam:DeleteRolePolicy", request.roleName()),
        (_, role) -> {
          SequencedMap<String, Policy> inline = new LinkedHashMap<>(role.permissions().inline());
          inline.remove(find(role, request.policyName()).getKey());
          return role.withPermissions(role.permissions().withInline(inline));
        });
    return DeleteRolePolicyResponse.builder().build();
  }

  /// The policy called `name`, under its name as it was first written.
  private static Map.Entry<String, Policy> find(Role role, String name) {
    return role.permissions().inline().entrySet().stream()
        .filter(policy -> policy.getKey().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() ->
            new Refusal(
                new NoSuchEntity("The role policy with name " + name + " cannot be found.")));
  }
}
