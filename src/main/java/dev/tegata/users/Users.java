package dev.tegata.users;

import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import dev.tegata.authorization.Call;
import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.CommonError.ValidationError;
import dev.tegata.aws.IamError.DeleteConflict;
import dev.tegata.aws.IamError.EntityAlreadyExists;
import dev.tegata.aws.IamError.LimitExceeded;
import dev.tegata.aws.QueryOperation;
import dev.tegata.aws.Refusal;
import dev.tegata.credentials.UserCredentials;
import dev.tegata.entity.ContextKeys;
import dev.tegata.entity.IdentityAccess;
import dev.tegata.entity.IdentityAccess.Asked;
import dev.tegata.entity.IdentityKind;
import dev.tegata.entity.IdentityPolicies;
import dev.tegata.entity.Page;
import dev.tegata.entity.Page.Wanted;
import dev.tegata.entity.Quota;
import dev.tegata.entity.TagRules;
import dev.tegata.entity.TrustPolicies;
import dev.tegata.store.Change;
import dev.tegata.store.Entity.User;
import dev.tegata.store.EntityName;
import dev.tegata.store.IdentityStore;
import dev.tegata.store.Role.Permissions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.CreateUserRequest;
import software.amazon.awssdk.services.iam.model.CreateUserResponse;
import software.amazon.awssdk.services.iam.model.DeleteUserRequest;
import software.amazon.awssdk.services.iam.model.DeleteUserResponse;
import software.amazon.awssdk.services.iam.model.GetUserRequest;
import software.amazon.awssdk.services.iam.model.GetUserResponse;
import software.amazon.awssdk.services.iam.model.ListUsersRequest;
import software.amazon.awssdk.services.iam.model.ListUsersResponse;
import software.amazon.awssdk.services.iam.model.UpdateUserRequest;
import software.amazon.awssdk.services.iam.model.UpdateUserResponse;

/// Users.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html>
public final class Users {
  private static final int MAX_USERS = Quota.of("Users");

  private final IdentityStore store;
  private final IdentityAccess<User> users;
  private final RandomGenerator random;

  public Users(IdentityStore store, RandomGenerator random) {
    this.store = store;
    this.users = new IdentityAccess<>(store, IdentityKind.USER);
    this.random = random;
  }

  public List<QueryOperation<Call, ?, ?>> operations() {
    return List.of(
        QueryOperation.of("CreateUser", CreateUserRequest::builder, this::create),
        QueryOperation.of("GetUser", GetUserRequest::builder, this::get),
        QueryOperation.of("ListUsers", ListUsersRequest::builder, this::list),
        QueryOperation.of("UpdateUser", UpdateUserRequest::builder, this::update),
        QueryOperation.of("DeleteUser", DeleteUserRequest::builder, this::delete));
  }

  CreateUserResponse create(CreateUserRequest request, Call call) {
    EntityName name =
        new EntityName(
            call.account(), Objects.requireNonNullElse(request.path(), "/"), request.userName());
    SequencedMap<String, String> tags = TagRules.USER.read(request.tags());
    ContextKeys context = new ContextKeys().requestTags(tags);
    Permissions permissions = Permissions.none();
    if (request.permissionsBoundary() != null) {
      Arn boundary = IdentityPolicies.boundaryArn(request.permissionsBoundary());
      context.boundary(boundary);
      permissions = permissions.withBoundary(boundary);
    }
    call.require(new Access("iam:CreateUser", name.arn("user"), context.toMap()));
    if (!tags.isEmpty()) {
      call.require(new Access("iam:TagUser", name.arn("user"), context.toMap()));
    }
    User user =
        new User(
            UniqueId.create(UniqueId.Kind.AIDA, call.account(), random),
            name,
            call.time(),
            tags,
            List.of(),
            permissions);
    store.change(change -> add(change, user));
    return CreateUserResponse.builder().user(new UserAnswer(user).whole()).build();
  }

  private static User add(Change change, User user) {
    requireFree(change, user.entity());
    if (change.now().count(User.class, user.account()) >= MAX_USERS) {
      throw new Refusal(new LimitExceeded("Cannot exceed quota for UsersPerAccount: " + MAX_USERS));
    }
    Arn boundary = user.permissions().boundary();
    if (boundary != null) {
      IdentityPolicies.requireBoundary(boundary, user, change.now());
    }
    change.put(user);
    return user;
  }

  private static void requireFree(Change change, EntityName name) {
    if (change.now().user(name.account(), name.name()).isPresent()) {
      throw new Refusal(
          new EntityAlreadyExists("User with name " + name.name() + " already exists."));
    }
  }

  /// The user of that name, or who asks where the request names nobody.
  GetUserResponse get(GetUserRequest request, Call call) {
    if (request.userName() == null && call.isRoot()) {
      return GetUserResponse.builder().user(root(call)).build();
    }
    User user = users.read(asked("iam:GetUser", request.userName(), call));
    return GetUserResponse.builder().user(new UserAnswer(user).whole()).build();
  }

  private software.amazon.awssdk.services.iam.model.User root(Call call) {
    Arn arn = Arn.iam(call.account(), "root");
    call.require(new Access("iam:GetUser", arn));
    return software.amazon.awssdk.services.iam.model.User.builder()
        .userId(call.account().digits())
        .arn(arn.toString())
        .createDate(
            store.now().accessKeys(call.account()).stream()
                .findFirst()
                .map(dev.tegata.store.AccessKey::created)
                .orElse(call.time()))
        .build();
  }

  /// A request about the user whom it names, or else about the one who calls.
  static Asked asked(String action, @Nullable String name, Call call) {
    return Asked.of(
        call,
        action,
        Optional.ofNullable(name)
            .or(call::userName)
            .orElseThrow(() ->
                new Refusal(
                    new ValidationError(
                        "Must specify userName when calling with non-User credentials"))));
  }

  ListUsersResponse list(ListUsersRequest request, Call call) {
    String prefix = Objects.requireNonNullElse(request.pathPrefix(), "/");
    call.require(new Access("iam:ListUsers", Arn.iam(call.account(), "user" + prefix)));
    Page<User> page =
        Page.read(
            slice -> store.now().list(User.class, call.account(), slice),
            prefix,
            User::key,
            new Wanted(request.marker(), request.maxItems()));
    return ListUsersResponse.builder()
        .users(page.items().stream().map(user -> new UserAnswer(user).listed()).toList())
        .isTruncated(page.isTruncated())
        .marker(page.marker())
        .build();
  }

  /// Renames a user or moves it. Policies and trust policies that name it go on meaning it.
  UpdateUserResponse update(UpdateUserRequest request, Call call) {
    Asked asked = Asked.of(call, "iam:UpdateUser", request.userName());
    users.require(asked);
    EntityName wanted = renamed(request, users.find(store.now(), asked).entity());
    call.require(new Access("iam:UpdateUser", wanted.arn("user")));
    store.change(change -> {
      User user = users.find(change.now(), asked);
      EntityName name = renamed(request, user.entity());
      if (!name.key().equals(user.key())) {
        requireFree(change, name);
      }
      User updated = user.called(name);
      change.delete(user);
      change.put(updated);
      TrustPolicies.replace(change, user, updated.arn().toString());
      return updated;
    });
    return UpdateUserResponse.builder().build();
  }

  private static EntityName renamed(UpdateUserRequest request, EntityName name) {
    return new EntityName(
        name.account(),
        Objects.requireNonNullElse(request.newPath(), name.path()),
        Objects.requireNonNullElse(request.newUserName(), name.name()));
  }

  /// Deletes a user. Where a role trusts it, its unique id takes the place of its ARN.
  DeleteUserResponse delete(DeleteUserRequest request, Call call) {
    Asked asked = Asked.of(call, "iam:DeleteUser", request.userName());
    users.require(asked);
    return store.change(change -> {
      User user = users.find(change.now(), asked);
      if (!change.now().accessKeys(user).isEmpty()) {
        throw conflict("must delete access keys first.");
      }
      requireNoCredentials(user.credentials());
      if (!user.groups().isEmpty()) {
        throw conflict("must remove users from group first.");
      }
      if (!user.permissions().attached().isEmpty()) {
        throw conflict("must detach all policies first.");
      }
      if (!user.permissions().inline().isEmpty()) {
        throw conflict("must delete policies first.");
      }
      change.delete(user);
      TrustPolicies.replace(change, user, user.id().text());
      return DeleteUserResponse.builder().build();
    });
  }

  private static void requireNoCredentials(UserCredentials credentials) {
    if (credentials.profile().isPresent()) {
      throw conflict("must delete login profile first.");
    }
    if (!credentials.mfaDevices().isEmpty()) {
      throw conflict("must delete MFA device first.");
    }
    if (!credentials.certificates().isEmpty()) {
      throw conflict("must delete certificates first.");
    }
    if (!credentials.sshKeys().isEmpty() || !credentials.services().isEmpty()) {
      throw conflict("must remove referenced objects first.");
    }
  }

  private static Refusal conflict(String what) {
    return new Refusal(new DeleteConflict("Cannot delete entity, " + what));
  }
}
