package dev.tegata.users;

import dev.tegata.authorization.Call;
import dev.tegata.aws.QueryOperation;
import dev.tegata.entity.ContextKeys;
import dev.tegata.entity.IdentityAccess;
import dev.tegata.entity.IdentityAccess.Asked;
import dev.tegata.entity.IdentityKind;
import dev.tegata.entity.Page;
import dev.tegata.entity.Page.Wanted;
import dev.tegata.entity.TagRules;
import dev.tegata.store.Entity.User;
import dev.tegata.store.IdentityStore;
import java.util.List;
import software.amazon.awssdk.services.iam.model.ListUserTagsRequest;
import software.amazon.awssdk.services.iam.model.ListUserTagsResponse;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.TagUserRequest;
import software.amazon.awssdk.services.iam.model.TagUserResponse;
import software.amazon.awssdk.services.iam.model.UntagUserRequest;
import software.amazon.awssdk.services.iam.model.UntagUserResponse;

/// The tags of users, of whose keys no two differ in case alone.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagUser.html>
public final class UserTags {
  private final IdentityAccess<User> users;

  public UserTags(IdentityStore store) {
    this.users = new IdentityAccess<>(store, IdentityKind.USER);
  }

  public List<QueryOperation<Call, ?, ?>> operations() {
    return List.of(
        QueryOperation.of("TagUser", TagUserRequest::builder, this::tag),
        QueryOperation.of("UntagUser", UntagUserRequest::builder, this::untag),
        QueryOperation.of("ListUserTags", ListUserTagsRequest::builder, this::list));
  }

  private TagUserResponse tag(TagUserRequest request, Call call) {
    ContextKeys context = new ContextKeys().requestTags(TagRules.USER.read(request.tags()));
    users.change(
        new Asked(call, "iam:TagUser", request.userName(), context),
        (_, user) -> user.withTags(TagRules.USER.add(user.tags(), request.tags())));
    return TagUserResponse.builder().build();
  }

  private UntagUserResponse untag(UntagUserRequest request, Call call) {
    ContextKeys context = new ContextKeys().tagKeys(request.tagKeys());
    users.change(
        new Asked(call, "iam:UntagUser", request.userName(), context),
        (_, user) -> user.withTags(TagRules.USER.remove(user.tags(), request.tagKeys())));
    return UntagUserResponse.builder().build();
  }

  private ListUserTagsResponse list(ListUserTagsRequest request, Call call) {
    User user = users.read(Asked.of(call, "iam:ListUserTags", request.userName()));
    Page<Tag> page =
        Page.inOrder(TagRules.write(user.tags()), new Wanted(request.marker(), request.maxItems()));
    return ListUserTagsResponse.builder()
        .tags(page.items())
        .isTruncated(page.isTruncated())
        .marker(page.marker())
        .build();
  }
}
