package dev.tegata.users;

import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import dev.tegata.authorization.Call;
import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.IamError.DeleteConflict;
import dev.tegata.aws.IamError.EntityAlreadyExists;
import dev.tegata.aws.IamError.LimitExceeded;
import dev.tegata.aws.QueryOperation;
import dev.tegata.aws.Refusal;
import dev.tegata.entity.IdentityAccess;
import dev.tegata.entity.IdentityAccess.Asked;
import dev.tegata.entity.IdentityKind;
import dev.tegata.entity.Page;
import dev.tegata.entity.Page.Wanted;
import dev.tegata.entity.Quota;
import dev.tegata.store.Change;
import dev.tegata.store.Entity.Group;
import dev.tegata.store.Entity.User;
import dev.tegata.store.EntityName;
import dev.tegata.store.Identities;
import dev.tegata.store.IdentityStore;
import dev.tegata.store.Role.Permissions;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import software.amazon.awssdk.services.iam.model.AddUserToGroupRequest;
import software.amazon.awssdk.services.iam.model.AddUserToGroupResponse;
import software.amazon.awssdk.services.iam.model.CreateGroupRequest;
import software.amazon.awssdk.services.iam.model.CreateGroupResponse;
import software.amazon.awssdk.services.iam.model.DeleteGroupRequest;
import software.amazon.awssdk.services.iam.model.DeleteGroupResponse;
import software.amazon.awssdk.services.iam.model.GetGroupRequest;
import software.amazon.awssdk.services.iam.model.GetGroupResponse;
import software.amazon.awssdk.services.iam.model.ListGroupsForUserRequest;
import software.amazon.awssdk.services.iam.model.ListGroupsForUserResponse;
import software.amazon.awssdk.services.iam.model.ListGroupsRequest;
import software.amazon.awssdk.services.iam.model.ListGroupsResponse;
import software.amazon.awssdk.services.iam.model.RemoveUserFromGroupRequest;
import software.amazon.awssdk.services.iam.model.RemoveUserFromGroupResponse;
import software.amazon.awssdk.services.iam.model.UpdateGroupRequest;
import software.amazon.awssdk.services.iam.model.UpdateGroupResponse;

/// Groups, and who is in them.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateGroup.html>
public final class Groups {
  private static final int MAX_GROUPS = Quota.of("Groups");
  private static final int MAX_GROUPS_OF_USER = Quota.of("GroupsPerUser");

  private final IdentityStore store;
  private final IdentityAccess<Group> groups;
  private final IdentityAccess<User> users;
  private final RandomGenerator random;

  public Groups(IdentityStore store, RandomGenerator random) {
    this.store = store;
    this.groups = new IdentityAccess<>(store, IdentityKind.GROUP);
    this.users = new IdentityAccess<>(store, IdentityKind.USER);
    this.random = random;
  }

  public List<QueryOperation<Call, ?, ?>> operations() {
    return List.of(
        QueryOperation.of("CreateGroup", CreateGroupRequest::builder, this::create),
        QueryOperation.of("GetGroup", GetGroupRequest::builder, this::get),
        QueryOperation.of("ListGroups", ListGroupsRequest::builder, this::list),
        QueryOperation.of("UpdateGroup", UpdateGroupRequest::builder, this::update),
        QueryOperation.of("DeleteGroup", DeleteGroupRequest::builder, this::delete),
        QueryOperation.of("AddUserToGroup", AddUserToGroupRequest::builder, this::add),
        QueryOperation.of("RemoveUserFromGroup", RemoveUserFromGroupRequest::builder, this::remove),
        QueryOperation.of(
            "ListGroupsForUser", ListGroupsForUserRequest::builder, this::listOfUser));
  }

  private CreateGroupResponse create(CreateGroupRequest request, Call call) {
    EntityName name =
        new EntityName(
            call.account(), Objects.requireNonNullElse(request.path(), "/"), request.groupName());
    call.require(new Access("iam:CreateGroup", name.arn("group")));
    Group group =
        new Group(
            UniqueId.create(UniqueId.Kind.AGPA, call.account(), random),
            name,
            call.time(),
            Permissions.none());
    store.change(change -> {
      requireFree(change, name);
      if (change.now().count(Group.class, call.account()) >= MAX_GROUPS) {
        throw new Refusal(
            new LimitExceeded("Cannot exceed quota for GroupsPerAccount: " + MAX_GROUPS));
      }
      change.put(group);
      return group;
    });
    return CreateGroupResponse.builder().group(answer(group)).build();
  }

  private static void requireFree(Change change, EntityName name) {
    if (change.now().group(name.account(), name.name()).isPresent()) {
      throw new Refusal(
          new EntityAlreadyExists("Group with name " + name.name() + " already exists."));
    }
  }

  private static software.amazon.awssdk.services.iam.model.Group answer(Group group) {
    return software.amazon.awssdk.services.iam.model.Group.builder()
        .path(group.entity().path())
        .groupName(group.name())
        .groupId(group.id().text())
        .arn(group.arn().toString())
        .createDate(group.created())
        .build();
  }

  private GetGroupResponse get(GetGroupRequest request, Call call) {
    Group group = groups.read(Asked.of(call, "iam:GetGroup", request.groupName()));
    Page<User> page =
        Page.of(
            store.now().members(group),
            User::key,
            new Wanted(request.marker(), request.maxItems()));
    return GetGroupResponse.builder()
        .group(answer(group))
        .users(page.items().stream().map(user -> new UserAnswer(user).listed()).toList())
        .isTruncated(page.isTruncated())
        .marker(page.marker())
        .build();
  }

  private ListGroupsResponse list(ListGroupsRequest request, Call call) {
    String prefix = Objects.requireNonNullElse(request.pathPrefix(), "/");
    call.require(new Access("iam:ListGroups", Arn.iam(call.account(), "group" + prefix)));
    Page<Group> page =
        Page.read(
            slice -> store.now().list(Group.class, call.account(), slice),
            prefix,
            Group::key,
            new Wanted(request.marker(), request.maxItems()));
    return ListGroupsResponse.builder()
        .groups(page.items().stream().map(Groups::answer).toList())
        .isTruncated(page.isTruncated())
        .marker(page.marker())
        .build();
  }

  /// Renames a group or moves it; who is in it stays there.
  private UpdateGroupResponse update(UpdateGroupRequest request, Call call) {
    Asked asked = Asked.of(call, "iam:UpdateGroup", request.groupName());
    groups.require(asked);
    EntityName wanted = renamed(request, groups.find(store.now(), asked).entity());
    call.require(new Access("iam:UpdateGroup", wanted.arn("group")));
    store.change(change -> {
      Group group = groups.find(change.now(), asked);
      EntityName name = renamed(request, group.entity());
      if (!name.key().equals(group.key())) {
        requireFree(change, name);
      }
      change.delete(group);
      change.put(group.called(name));
      return group;
    });
    return UpdateGroupResponse.builder().build();
  }

  private static EntityName renamed(UpdateGroupRequest request, EntityName name) {
    return new EntityName(
        name.account(),
        Objects.requireNonNullElse(request.newPath(), name.path()),
        Objects.requireNonNullElse(request.newGroupName(), name.name()));
  }

  private DeleteGroupResponse delete(DeleteGroupRequest request, Call call) {
    Asked asked = Asked.of(call, "iam:DeleteGroup", request.groupName());
    groups.require(asked);
    return store.change(change -> {
      Group group = groups.find(change.now(), asked);
      if (!change.now().members(group).isEmpty()) {
        throw conflict("must remove users from group first.");
      }
      if (!group.permissions().attached().isEmpty()) {
        throw conflict("must detach all policies first.");
      }
      if (!group.permissions().inline().isEmpty()) {
        throw conflict("must delete policies first.");
      }
      change.delete(group);
      return DeleteGroupResponse.builder().build();
    });
  }

  private static Refusal conflict(String what) {
    return new Refusal(new DeleteConflict("Cannot delete entity, " + what));
  }

  /// Puts a user into a group; one that is in it stays there.
  private AddUserToGroupResponse add(AddUserToGroupRequest request, Call call) {
    Asked asked = Asked.of(call, "iam:AddUserToGroup", request.groupName());
    groups.require(asked);
    store.change(change -> {
      User user = user(change.now(), request.userName(), call);
      Group group = groups.find(change.now(), asked);
      List<UniqueId> all =
          Stream.concat(user.groups().stream(), Stream.of(group.id())).distinct().toList();
      if (all.size() > MAX_GROUPS_OF_USER) {
        throw new Refusal(
            new LimitExceeded("Cannot exceed quota for GroupsPerUser: " + MAX_GROUPS_OF_USER));
      }
      change.put(user.withGroups(all));
      return user;
    });
    return AddUserToGroupResponse.builder().build();
  }

  /// Takes a user out of a group; one that is not in it stays out.
  private RemoveUserFromGroupResponse remove(RemoveUserFromGroupRequest request, Call call) {
    Asked asked = Asked.of(call, "iam:RemoveUserFromGroup", request.groupName());
    groups.require(asked);
    store.change(change -> {
      User user = user(change.now(), request.userName(), call);
      Group group = groups.find(change.now(), asked);
      List<UniqueId> left = user.groups().stream().filter(id -> !id.equals(group.id())).toList();
      change.put(user.withGroups(left));
      return user;
    });
    return RemoveUserFromGroupResponse.builder().build();
  }

  private User user(Identities now, String name, Call call) {
    return users.find(now, Asked.of(call, "", name));
  }

  private ListGroupsForUserResponse listOfUser(ListGroupsForUserRequest request, Call call) {
    User user = users.read(Asked.of(call, "iam:ListGroupsForUser", request.userName()));
    Identities now = store.now();
    Page<Group> page =
        Page.of(
            user.groups().stream()
                .flatMap(id -> now.group(id).stream())
                .sorted(Comparator.comparing(Group::key))
                .toList(),
            Group::key,
            new Wanted(request.marker(), request.maxItems()));
    return ListGroupsForUserResponse.builder()
        .groups(page.items().stream().map(Groups::answer).toList())
        .isTruncated(page.isTruncated())
        .marker(page.marker())
        .build();
  }
}
