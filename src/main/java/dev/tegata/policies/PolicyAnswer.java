package dev.tegata.policies;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.entity.TagRules;
import dev.tegata.policy.AwsManagedPolicies;
import dev.tegata.store.Identities;
import dev.tegata.store.ManagedPolicy;
import dev.tegata.store.PolicyUse;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyVersion;

/// A managed policy as answers show it: each operation leaves out other parts.
///
/// `use` tells how many roles of the caller's account refer to a policy.
public record PolicyAnswer(Function<Arn, PolicyUse> use) {
  /// For answers about one policy.
  public PolicyAnswer(Identities now, AccountId account) {
    this(arn -> now.use(account, arn));
  }

  /// For answers about many: all uses are read at once.
  public static PolicyAnswer forMany(List<PolicyUse> uses) {
    Map<Arn, PolicyUse> byPolicy =
        uses.stream().collect(Collectors.toMap(PolicyUse::policy, Function.identity()));
    return new PolicyAnswer(arn -> byPolicy.getOrDefault(arn, new PolicyUse(arn, 0, 0)));
  }

  /// After CreatePolicy: without a description.
  public Policy created(ManagedPolicy policy) {
    Policy.Builder answer = attachments(policy.arn());
    if (!policy.tags().isEmpty()) {
      answer.tags(TagRules.write(policy.tags()));
    }
    return about(answer, policy).build();
  }

  /// In ListPolicies: without description and tags.
  public Policy listed(ManagedPolicy policy) {
    return about(attachments(policy.arn()), policy).build();
  }

  /// In GetPolicy: everything, and tags even if there are none.
  public Policy whole(ManagedPolicy policy) {
    Policy.Builder answer = attachments(policy.arn()).tags(TagRules.write(policy.tags()));
    if (!policy.description().isEmpty()) {
      answer.description(policy.description());
    }
    return about(answer, policy).build();
  }

  private static Policy.Builder about(Policy.Builder answer, ManagedPolicy policy) {
    return answer
        .policyId(policy.id().text())
        .defaultVersionId(policy.inForce().id())
        .createDate(policy.created())
        .updateDate(policy.updated());
  }

  /// One of AWS's own policies, of whose earlier versions nothing is known here.
  public Policy.Builder aws(AwsManagedPolicies.Listed policy) {
    return attachments(policy.arn())
        .policyId(policy.id().text())
        .defaultVersionId(policy.version())
        .createDate(policy.created().orElse(null))
        .updateDate(policy.updated().orElse(null));
  }

  private Policy.Builder attachments(Arn arn) {
    PolicyUse found = use.apply(arn);
    String path = arn.resource().substring("policy".length());
    int name = path.lastIndexOf('/') + 1;
    return Policy.builder()
        .policyName(path.substring(name))
        .path(path.substring(0, name))
        .arn(arn.toString())
        .isAttachable(true)
        .attachmentCount(Math.toIntExact(found.attachments()))
        .permissionsBoundaryUsageCount(Math.toIntExact(found.boundaries()));
  }

  /// A version in a list: without its document.
  public static PolicyVersion.Builder version(ManagedPolicy policy, ManagedPolicy.Version version) {
    return PolicyVersion.builder()
        .versionId(version.id())
        .isDefaultVersion(version.number() == policy.defaultVersion())
        .createDate(version.created());
  }

  /// The one version of a policy of AWS that is known here.
  public static PolicyVersion.Builder awsVersion(AwsManagedPolicies.Listed policy) {
    return PolicyVersion.builder()
        .versionId(policy.version())
        .isDefaultVersion(true)
        .createDate(policy.updated().orElse(null));
  }
}
