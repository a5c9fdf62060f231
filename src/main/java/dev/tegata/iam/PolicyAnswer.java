package dev.tegata.iam;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.policy.AwsManagedPolicies;
import dev.tegata.store.Identities;
import dev.tegata.store.ManagedPolicy;
import dev.tegata.store.Role;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyVersion;

/// A managed policy as answers show it: each operation leaves out other parts.
record PolicyAnswer(Identities now, AccountId account) {
  /// After CreatePolicy: without a description.
  Policy created(ManagedPolicy policy) {
    Policy.Builder answer = attachments(policy.arn());
    if (!policy.tags().isEmpty()) {
      answer.tags(TagRules.write(policy.tags()));
    }
    return about(answer, policy).build();
  }

  /// In ListPolicies: without description and tags.
  Policy listed(ManagedPolicy policy) {
    return about(attachments(policy.arn()), policy).build();
  }

  /// In GetPolicy: everything, and tags even if there are none.
  Policy whole(ManagedPolicy policy) {
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

  /// One of AWS's own policies, of whose id and earlier versions nothing is known here.
  Policy.Builder aws(AwsManagedPolicies.Listed policy) {
    return attachments(policy.arn()).defaultVersionId(policy.version()).updateDate(made(policy));
  }

  private static @Nullable Instant made(AwsManagedPolicies.Listed policy) {
    return policy.date().map(date -> date.atStartOfDay(ZoneOffset.UTC).toInstant()).orElse(null);
  }

  private Policy.Builder attachments(Arn arn) {
    List<Role> roles = now.roles(account);
    String path = arn.resource().substring("policy".length());
    int name = path.lastIndexOf('/') + 1;
    return Policy.builder()
        .policyName(path.substring(name))
        .path(path.substring(0, name))
        .arn(arn.toString())
        .isAttachable(true)
        .attachmentCount(
            (int) roles.stream().filter(r -> r.permissions().attached().contains(arn)).count())
        .permissionsBoundaryUsageCount(
            (int) roles.stream().filter(r -> arn.equals(r.permissions().boundary())).count());
  }

  /// A version in a list: without its document.
  static PolicyVersion.Builder version(ManagedPolicy policy, ManagedPolicy.Version version) {
    return PolicyVersion.builder()
        .versionId(version.id())
        .isDefaultVersion(version.number() == policy.defaultVersion())
        .createDate(version.created());
  }

  /// The one version of a policy of AWS that is known here.
  static PolicyVersion.Builder awsVersion(AwsManagedPolicies.Listed policy) {
    return PolicyVersion.builder()
        .versionId(policy.version())
        .isDefaultVersion(true)
        .createDate(made(policy));
  }
}
