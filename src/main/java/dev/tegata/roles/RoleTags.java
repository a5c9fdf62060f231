package dev.tegata.roles;

import dev.tegata.authorization.Call;
import dev.tegata.aws.QueryOperation;
import dev.tegata.entity.ContextKeys;
import dev.tegata.entity.IdentityAccess;
import dev.tegata.entity.IdentityAccess.Asked;
import dev.tegata.entity.IdentityKind;
import dev.tegata.entity.Page;
import dev.tegata.entity.Page.Wanted;
import dev.tegata.entity.TagRules;
import dev.tegata.store.IdentityStore;
import dev.tegata.store.Role;
import java.util.List;
import software.amazon.awssdk.services.iam.model.ListRoleTagsRequest;
import software.amazon.awssdk.services.iam.model.ListRoleTagsResponse;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.TagRoleRequest;
import software.amazon.awssdk.services.iam.model.TagRoleResponse;
import software.amazon.awssdk.services.iam.model.UntagRoleRequest;
import software.amazon.awssdk.services.iam.model.UntagRoleResponse;

/// The tags of roles, of whose keys no two differ in case alone.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagRole.html>
public final class RoleTags {
  private final IdentityAccess<Role> roles;

  public RoleTags(IdentityStore store) {
    this.roles = new IdentityAccess<>(store, IdentityKind.ROLE);
  }

  public List<QueryOperation<Call, ?, ?>> operations() {
    return List.of(
        QueryOperation.of("TagRole", TagRoleRequest::builder, this::tag),
        QueryOperation.of("UntagRole", UntagRoleRequest::builder, this::untag),
        QueryOperation.of("ListRoleTags", ListRoleTagsRequest::builder, this::list));
  }

  public TagRoleResponse tag(TagRoleRequest request, Call call) {
    ContextKeys context = new ContextKeys().requestTags(TagRules.ROLE.read(request.tags()));
    roles.change(
        new Asked(call, "iam:TagRole", request.roleName(), context),
        (_, role) -> role.withTags(TagRules.ROLE.add(role.tags(), request.tags())));
    return TagRoleResponse.builder().build();
  }

  public UntagRoleResponse untag(UntagRoleRequest request, Call call) {
    ContextKeys context = new ContextKeys().tagKeys(request.tagKeys());
    roles.change(
        new Asked(call, "iam:UntagRole", request.roleName(), context),
        (_, role) -> role.withTags(TagRules.ROLE.remove(role.tags(), request.tagKeys())));
    return UntagRoleResponse.builder().build();
  }

  public ListRoleTagsResponse list(ListRoleTagsRequest request, Call call) {
    Role role = roles.read(Asked.of(call, "iam:ListRoleTags", request.roleName()));
    Page<Tag> page =
        Page.inOrder(TagRules.write(role.tags()), new Wanted(request.marker(), request.maxItems()));
    return ListRoleTagsResponse.builder()
        .tags(page.items())
        .isTruncated(page.isTruncated())
        .marker(page.marker())
        .build();
  }
}
