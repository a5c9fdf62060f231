package dev.tegata.store;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import dev.tegata.credentials.UserCredentials;
import dev.tegata.store.Role.Permissions;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// What an account's IAM holds: a value that is replaced as a whole.
public sealed interface Entity
    permits OidcProvider, ManagedPolicy, Entity.Identity, Entity.InstanceProfile {
  AccountId account();

  Arn arn();

  /// What no other entity of this kind has in its account: the name, in small letters where IAM
  /// ignores the case.
  String key();

  /// Who has permissions of its own: a role, a user or a group.
  ///
  /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id.html>
  sealed interface Identity<I extends Identity<I>> extends Entity permits Role, User, Group {
    UniqueId id();

    EntityName entity();

    Instant created();

    SequencedMap<String, String> tags();

    Permissions permissions();

    I withTags(SequencedMap<String, String> others);

    I withPermissions(Permissions others);

    @Override
    default AccountId account() {
      return entity().account();
    }

    @Override
    default String key() {
      return entity().key();
    }

    default String name() {
      return entity().name();
    }
  }

  /// Somebody with long-term credentials; `kept` are those that are no access keys. `groups` are
  /// the unique ids of the groups that the user is in, which stay when a group is renamed.
  ///
  /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_users.html>
  record User(
      UniqueId id,
      EntityName entity,
      Instant created,
      SequencedMap<String, String> tags,
      List<UniqueId> groups,
      Permissions permissions,
      @Nullable UserCredentials kept)
      implements Identity<User> {
    public User {
      tags = Ordered.copy(tags);
      groups = List.copyOf(groups);
    }

    /// A user with no credentials but access keys.
    public User(
        UniqueId id,
        EntityName entity,
        Instant created,
        SequencedMap<String, String> tags,
        List<UniqueId> groups,
        Permissions permissions) {
      this(id, entity, created, tags, groups, permissions, null);
    }

    /// What the user has besides access keys.
    public UserCredentials credentials() {
      return kept == null ? UserCredentials.NONE : kept;
    }

    public User withCredentials(UserCredentials others) {
      return new User(
          id,
          entity,
          created,
          tags,
          groups,
          permissions,
          others.equals(UserCredentials.NONE) ? null : others);
    }

    @Override
    public Arn arn() {
      return entity.arn("user");
    }

    public User called(EntityName other) {
      return new User(id, other, created, tags, groups, permissions, kept);
    }

    public User withGroups(List<UniqueId> others) {
      return new User(id, entity, created, tags, others, permissions, kept);
    }

    @Override
    public User withTags(SequencedMap<String, String> others) {
      return new User(id, entity, created, others, groups, permissions, kept);
    }

    @Override
    public User withPermissions(Permissions others) {
      return new User(id, entity, created, tags, groups, others, kept);
    }
  }

  /// Permissions that several users share. It has no tags and no boundary.
  ///
  /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_groups.html>
  record Group(UniqueId id, EntityName entity, Instant created, Permissions permissions)
      implements Identity<Group> {
    @Override
    public Arn arn() {
      return entity.arn("group");
    }

    @Override
    public SequencedMap<String, String> tags() {
      return new LinkedHashMap<>();
    }

    public Group called(EntityName other) {
      return new Group(id, other, created, permissions);
    }

    @Override
    public Group withTags(SequencedMap<String, String> others) {
      throw new IllegalStateException("a group has no tags");
    }

    @Override
    public Group withPermissions(Permissions others) {
      return new Group(id, entity, created, others);
    }
  }

  /// What hands a role to a machine; `role` is its unique id, if it has one.
  ///
  /// Source:
  /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2_instance-profiles.html>
  record InstanceProfile(
      UniqueId id,
      EntityName entity,
      Instant created,
      SequencedMap<String, String> tags,
      @Nullable UniqueId role)
      implements Entity {
    public InstanceProfile {
      tags = Ordered.copy(tags);
    }

    @Override
    public AccountId account() {
      return entity.account();
    }

    @Override
    public Arn arn() {
      return entity.arn("instance-profile");
    }

    @Override
    public String key() {
      return entity.key();
    }

    public InstanceProfile withTags(SequencedMap<String, String> others) {
      return new InstanceProfile(id, entity, created, others, role);
    }

    public InstanceProfile withRole(UniqueId other) {
      return new InstanceProfile(id, entity, created, tags, other);
    }

    public InstanceProfile withoutRole() {
      return new InstanceProfile(id, entity, created, tags, null);
    }
  }
}
