package dev.tegata.entity;

import dev.tegata.arn.Arn;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The condition keys that IAM gives the policies that decide on its own operations.
///
/// Source:
/// <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html>
public final class ContextKeys {
  private final Map<String, List<String>> keys = new LinkedHashMap<>();

  /// The tags that what is asked for has already.
  public ContextKeys resourceTags(Map<String, String> tags) {
    tags.forEach((key, value) -> {
      keys.put("aws:ResourceTag/" + key, List.of(value));
      keys.put("iam:ResourceTag/" + key, List.of(value));
    });
    return this;
  }

  /// The tags that the request is about to give.
  public ContextKeys requestTags(Map<String, String> tags) {
    tags.forEach((key, value) -> keys.put("aws:RequestTag/" + key, List.of(value)));
    return tagKeys(tags.keySet());
  }

  public ContextKeys tagKeys(Collection<String> names) {
    if (!names.isEmpty()) {
      keys.put("aws:TagKeys", List.copyOf(names));
    }
    return this;
  }

  public ContextKeys boundary(Arn policy) {
    keys.put("iam:PermissionsBoundary", List.of(policy.toString()));
    return this;
  }

  public ContextKeys policy(Arn policy) {
    keys.put("iam:PolicyARN", List.of(policy.toString()));
    return this;
  }

  /// The service that is to have a role of its own.
  public ContextKeys service(String name) {
    keys.put("iam:AWSServiceName", List.of(name));
    return this;
  }

  /// The single service that a credential is to be for, and for how many days.
  public ContextKeys serviceCredential(String service, Optional<Integer> days) {
    keys.put("iam:ServiceSpecificCredentialServiceName", List.of(service));
    days.ifPresent(number ->
        keys.put("iam:ServiceSpecificCredentialAgeDays", List.of(Integer.toString(number))));
    return this;
  }

  public ContextKeys and(ContextKeys others) {
    keys.putAll(others.keys);
    return this;
  }

  public Map<String, List<String>> toMap() {
    return keys;
  }
}
