package dev.tegata.store;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import dev.tegata.policy.NamedPolicy;
import dev.tegata.policy.Policy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// A policy that stands by itself and that roles refer to, in up to five versions of which one is
/// in force.
///
/// `versions` are in the order of their making. A number is never given twice: `lastVersion` is the
/// highest so far, even when that version is gone.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-versioning.html>
public record ManagedPolicy(
    UniqueId id,
    EntityName entity,
    Instant created,
    String description,
    SequencedMap<String, String> tags,
    List<Version> versions,
    int defaultVersion,
    int lastVersion)
    implements Entity {

  /// One text of the policy, called `v3` where `number` is 3.
  public record Version(int number, Policy policy, Instant created) {
    public String id() {
      return "v" + number;
    }
  }

  public ManagedPolicy {
    tags = Ordered.copy(tags);
    versions = List.copyOf(versions);
  }

  @Override
  public AccountId account() {
    return entity.account();
  }

  @Override
  public Arn arn() {
    return entity.arn("policy");
  }

  @Override
  public String key() {
    return entity.key();
  }

  /// The version called `id`, such as `v3`.
  public Optional<Version> version(String id) {
    return versions.stream().filter(version -> version.id().equals(id)).findFirst();
  }

  /// The version that is in force.
  public Version inForce() {
    return version("v" + defaultVersion)
        .orElseThrow(() -> new IllegalStateException(arn() + " has no v" + defaultVersion));
  }

  /// The policy in force, under its ARN.
  public NamedPolicy named() {
    return new NamedPolicy(arn().toString(), inForce().policy());
  }

  /// When the newest version was made.
  public Instant updated() {
    return versions.getLast().created();
  }

  public ManagedPolicy withTags(SequencedMap<String, String> others) {
    return new ManagedPolicy(
        id, entity, created, description, others, versions, defaultVersion, lastVersion);
  }

  public ManagedPolicy withVersions(List<Version> others) {
    int last = Math.max(lastVersion, others.getLast().number());
    return new ManagedPolicy(id, entity, created, description, tags, others, defaultVersion, last);
  }

  public ManagedPolicy withDefault(int version) {
    return new ManagedPolicy(
        id, entity, created, description, tags, versions, version, lastVersion);
  }
}
