package dev.tegata.store;

import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import dev.tegata.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Permissions that somebody may take up for a while, and who that may be.
///
/// `description` is empty when there is none; `tags` keep the case of their keys, though no two
/// differ in case alone.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html>
public record Role(
    UniqueId id,
    EntityName entity,
    Instant created,
    Policy trust,
    String description,
    Duration maxSession,
    SequencedMap<String, String> tags,
    Permissions permissions)
    implements Entity.Identity<Role> {

  /// What a role may do: its inline policies by name, the ARNs of the managed ones, and the ARN of
  /// the one that bounds it.
  public record Permissions(
      SequencedMap<String, Policy> inline, List<Arn> attached, @Nullable Arn boundary) {
    public Permissions {
      inline = Ordered.copy(inline);
      attached = List.copyOf(attached);
    }

    /// What a role may do that was given nothing yet.
    public static Permissions none() {
      return new Permissions(new LinkedHashMap<>(), List.of(), null);
    }

    public Permissions withInline(SequencedMap<String, Policy> others) {
      return new Permissions(others, attached, boundary);
    }

    public Permissions withAttached(List<Arn> others) {
      return new Permissions(inline, others, boundary);
    }

    public Permissions withBoundary(Arn other) {
      return new Permissions(inline, attached, other);
    }

    public Permissions withoutBoundary() {
      return new Permissions(inline, attached, null);
    }
  }

  public Role {
    tags = Ordered.copy(tags);
  }

  @Override
  public Arn arn() {
    return entity.arn("role");
  }

  public Role withTrust(Policy other) {
    return new Role(id, entity, created, other, description, maxSession, tags, permissions);
  }

  public Role withDescription(String other) {
    return new Role(id, entity, created, trust, other, maxSession, tags, permissions);
  }

  public Role withMaxSession(Duration other) {
    return new Role(id, entity, created, trust, description, other, tags, permissions);
  }

  @Override
  public Role withTags(SequencedMap<String, String> others) {
    return new Role(id, entity, created, trust, description, maxSession, others, permissions);
  }

  @Override
  public Role withPermissions(Permissions others) {
    return new Role(id, entity, created, trust, description, maxSession, tags, others);
  }
}
