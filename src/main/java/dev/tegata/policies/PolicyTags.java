package dev.tegata.policies;

import dev.tegata.authorization.Call;
import dev.tegata.aws.QueryOperation;
import dev.tegata.entity.ContextKeys;
import dev.tegata.entity.Page;
import dev.tegata.entity.Page.Wanted;
import dev.tegata.entity.TagRules;
import dev.tegata.policies.PolicyAccess.Asked;
import dev.tegata.store.IdentityStore;
import dev.tegata.store.ManagedPolicy;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.iam.model.ListPolicyTagsRequest;
import software.amazon.awssdk.services.iam.model.ListPolicyTagsResponse;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.TagPolicyRequest;
import software.amazon.awssdk.services.iam.model.TagPolicyResponse;
import software.amazon.awssdk.services.iam.model.UntagPolicyRequest;
import software.amazon.awssdk.services.iam.model.UntagPolicyResponse;

/// The tags of managed policies, whose keys differ by case; they are listed with the shortest keys
/// first.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagPolicy.html>
public final class PolicyTags {
  private final PolicyAccess policies;

  public PolicyTags(IdentityStore store) {
    this.policies = new PolicyAccess(store);
  }

  public List<QueryOperation<Call, ?, ?>> operations() {
    return List.of(
        QueryOperation.of("TagPolicy", TagPolicyRequest::builder, this::tag),
        QueryOperation.of("UntagPolicy", UntagPolicyRequest::builder, this::untag),
        QueryOperation.of("ListPolicyTags", ListPolicyTagsRequest::builder, this::list));
  }

  public TagPolicyResponse tag(TagPolicyRequest request, Call call) {
    ContextKeys context = new ContextKeys().requestTags(TagRules.POLICY.read(request.tags()));
    policies.change(
        Asked.of(call, "iam:TagPolicy", request.policyArn(), context),
        policy -> policy.withTags(TagRules.POLICY.add(policy.tags(), request.tags())));
    return TagPolicyResponse.builder().build();
  }

  public UntagPolicyResponse untag(UntagPolicyRequest request, Call call) {
    ContextKeys context = new ContextKeys().tagKeys(request.tagKeys());
    policies.change(
        Asked.of(call, "iam:UntagPolicy", request.policyArn(), context),
        policy -> policy.withTags(TagRules.POLICY.remove(policy.tags(), request.tagKeys())));
    return UntagPolicyResponse.builder().build();
  }

  public ListPolicyTagsResponse list(ListPolicyTagsRequest request, Call call) {
    ManagedPolicy policy = policies.read(Asked.of(call, "iam:ListPolicyTags", request.policyArn()));
    Page<Tag> page =
        Page.inOrder(
            TagRules.write(inOrder(policy.tags())),
            new Wanted(request.marker(), request.maxItems()));
    return ListPolicyTagsResponse.builder()
        .tags(page.items())
        .isTruncated(page.isTruncated())
        .marker(page.marker())
        .build();
  }

  private static SequencedMap<String, String> inOrder(Map<String, String> tags) {
    Comparator<String> shortestFirst = Comparator.comparingInt(String::length);
    SequencedMap<String, String> ordered =
        new TreeMap<>(shortestFirst.thenComparing(Comparator.naturalOrder()));
    ordered.putAll(tags);
    return ordered;
  }
}
