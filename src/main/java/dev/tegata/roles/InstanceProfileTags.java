package dev.tegata.roles;

import dev.tegata.authorization.Call;
import dev.tegata.aws.QueryOperation;
import dev.tegata.entity.ContextKeys;
import dev.tegata.entity.IdentityAccess.Asked;
import dev.tegata.entity.Page;
import dev.tegata.entity.Page.Wanted;
import dev.tegata.entity.TagRules;
import dev.tegata.store.Entity.InstanceProfile;
import dev.tegata.store.IdentityStore;
import java.util.List;
import software.amazon.awssdk.services.iam.model.ListInstanceProfileTagsRequest;
import software.amazon.awssdk.services.iam.model.ListInstanceProfileTagsResponse;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.TagInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.TagInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.UntagInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.UntagInstanceProfileResponse;

/// The tags of instance profiles, of whose keys no two differ in case alone.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagInstanceProfile.html>
public final class InstanceProfileTags {
  private final IdentityStore store;
  private final ProfileAccess profiles;

  public InstanceProfileTags(IdentityStore store) {
    this.store = store;
    this.profiles = new ProfileAccess(store);
  }

  public List<QueryOperation<Call, ?, ?>> operations() {
    return List.of(
        QueryOperation.of("TagInstanceProfile", TagInstanceProfileRequest::builder, this::tag),
        QueryOperation.of(
            "UntagInstanceProfile", UntagInstanceProfileRequest::builder, this::untag),
        QueryOperation.of(
            "ListInstanceProfileTags", ListInstanceProfileTagsRequest::builder, this::list));
  }

  private TagInstanceProfileResponse tag(TagInstanceProfileRequest request, Call call) {
    TagRules rules = TagRules.INSTANCE_PROFILE;
    ContextKeys context = new ContextKeys().requestTags(rules.read(request.tags()));
    Asked asked = new Asked(call, "iam:TagInstanceProfile", request.instanceProfileName(), context);
    profiles.require(asked);
    store.change(change -> {
      InstanceProfile profile = ProfileAccess.find(change.now(), asked);
      change.put(profile.withTags(rules.add(profile.tags(), request.tags())));
      return profile;
    });
    return TagInstanceProfileResponse.builder().build();
  }

  private UntagInstanceProfileResponse untag(UntagInstanceProfileRequest request, Call call) {
    ContextKeys context = new ContextKeys().tagKeys(request.tagKeys());
    Asked asked =
        new Asked(call, "iam:UntagInstanceProfile", request.instanceProfileName(), context);
    profiles.require(asked);
    store.change(change -> {
      InstanceProfile profile = ProfileAccess.find(change.now(), asked);
      change.put(
          profile.withTags(TagRules.INSTANCE_PROFILE.remove(profile.tags(), request.tagKeys())));
      return profile;
    });
    return UntagInstanceProfileResponse.builder().build();
  }

  private ListInstanceProfileTagsResponse list(ListInstanceProfileTagsRequest request, Call call) {
    InstanceProfile profile =
        profiles.read(Asked.of(call, "iam:ListInstanceProfileTags", request.instanceProfileName()));
    Page<Tag> page =
        Page.inOrder(
            TagRules.write(profile.tags()), new Wanted(request.marker(), request.maxItems()));
    return ListInstanceProfileTagsResponse.builder()
        .tags(page.items())
        .isTruncated(page.isTruncated())
        .marker(page.marker())
        .build();
  }
}
