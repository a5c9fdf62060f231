package dev.tegata.roles;

import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import dev.tegata.authorization.Call;
import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.IamError.DeleteConflict;
import dev.tegata.aws.IamError.EntityAlreadyExists;
import dev.tegata.aws.IamError.LimitExceeded;
import dev.tegata.aws.IamError.NoSuchEntity;
import dev.tegata.aws.QueryOperation;
import dev.tegata.aws.Refusal;
import dev.tegata.entity.ContextKeys;
import dev.tegata.entity.IdentityAccess;
import dev.tegata.entity.IdentityAccess.Asked;
import dev.tegata.entity.IdentityKind;
import dev.tegata.entity.Page;
import dev.tegata.entity.Page.Wanted;
import dev.tegata.entity.ProtectedRoles;
import dev.tegata.entity.Quota;
import dev.tegata.entity.TagRules;
import dev.tegata.store.Entity;
import dev.tegata.store.EntityName;
import dev.tegata.store.Identities;
import dev.tegata.store.IdentityStore;
import dev.tegata.store.Role;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.iam.model.AddRoleToInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.AddRoleToInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.CreateInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.CreateInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.DeleteInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.DeleteInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.GetInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.GetInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.InstanceProfile;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesForRoleRequest;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesForRoleResponse;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesRequest;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesResponse;
import software.amazon.awssdk.services.iam.model.RemoveRoleFromInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.RemoveRoleFromInstanceProfileResponse;

/// Instance profiles, which hand at most one role each to machines. There are no machines here;
/// tools make them all the same.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateInstanceProfile.html>
public final class InstanceProfiles {
  private static final int MAX_PROFILES = Quota.of("InstanceProfiles");

  private final IdentityStore store;
  private final ProfileAccess profiles;
  private final IdentityAccess<Role> roles;
  private final RandomGenerator random;

  public InstanceProfiles(IdentityStore store, RandomGenerator random) {
    this.store = store;
    this.profiles = new ProfileAccess(store);
    this.roles = new IdentityAccess<>(store, IdentityKind.ROLE);
    this.random = random;
  }

  public List<QueryOperation<Call, ?, ?>> operations() {
    return List.of(
        QueryOperation.of(
            "CreateInstanceProfile", CreateInstanceProfileRequest::builder, this::create),
        QueryOperation.of("GetInstanceProfile", GetInstanceProfileRequest::builder, this::get),
        QueryOperation.of("ListInstanceProfiles", ListInstanceProfilesRequest::builder, this::list),
        QueryOperation.of(
            "ListInstanceProfilesForRole",
            ListInstanceProfilesForRoleRequest::builder,
            this::listOfRole),
        QueryOperation.of(
            "DeleteInstanceProfile", DeleteInstanceProfileRequest::builder, this::delete),
        QueryOperation.of(
            "AddRoleToInstanceProfile", AddRoleToInstanceProfileRequest::builder, this::addRole),
        QueryOperation.of(
            "RemoveRoleFromInstanceProfile",
            RemoveRoleFromInstanceProfileRequest::builder,
            this::removeRole));
  }

  private CreateInstanceProfileResponse create(CreateInstanceProfileRequest request, Call call) {
    EntityName name =
        new EntityName(
            call.account(),
            Objects.requireNonNullElse(request.path(), "/"),
            request.instanceProfileName());
    SequencedMap<String, String> tags = TagRules.INSTANCE_PROFILE.read(request.tags());
    ContextKeys context = new ContextKeys().requestTags(tags);
    Arn arn = name.arn("instance-profile");
    call.require(new Access("iam:CreateInstanceProfile", arn, context.toMap()));
    if (!tags.isEmpty()) {
      call.require(new Access("iam:TagInstanceProfile", arn, context.toMap()));
    }
    Entity.InstanceProfile profile =
        new Entity.InstanceProfile(
            UniqueId.create(UniqueId.Kind.AIPA, call.account(), random),
            name,
            call.time(),
            tags,
            null);
    store.change(change -> {
      if (change.now().profile(call.account(), name.name()).isPresent()) {
        throw new Refusal(
            new EntityAlreadyExists("Instance Profile " + name.name() + " already exists."));
      }
      if (change.now().count(Entity.InstanceProfile.class, call.account()) >= MAX_PROFILES) {
        throw new Refusal(
            new LimitExceeded(
                "Cannot exceed quota for InstanceProfilesPerAccount: " + MAX_PROFILES));
      }
      change.put(profile);
      return profile;
    });
    InstanceProfile.Builder answer = answer(profile, store.now());
    if (!tags.isEmpty()) {
      answer.tags(TagRules.write(tags));
    }
    return CreateInstanceProfileResponse.builder().instanceProfile(answer.build()).build();
  }

  private GetInstanceProfileResponse get(GetInstanceProfileRequest request, Call call) {
    Entity.InstanceProfile profile =
        profiles.read(Asked.of(call, "iam:GetInstanceProfile", request.instanceProfileName()));
    InstanceProfile answer =
        answer(profile, store.now()).tags(TagRules.write(profile.tags())).build();
    return GetInstanceProfileResponse.builder().instanceProfile(answer).build();
  }

  private ListInstanceProfilesResponse list(ListInstanceProfilesRequest request, Call call) {
    String prefix = Objects.requireNonNullElse(request.pathPrefix(), "/");
    Arn every = Arn.iam(call.account(), "instance-profile" + prefix);
    call.require(new Access("iam:ListInstanceProfiles", every));
    Page<Entity.InstanceProfile> page =
        Page.read(
            slice -> store.now().list(Entity.InstanceProfile.class, call.account(), slice),
            prefix,
            Entity.InstanceProfile::key,
            new Wanted(request.marker(), request.maxItems()));
    return ListInstanceProfilesResponse.builder()
        .instanceProfiles(page.items().stream().map(this::listed).toList())
        .isTruncated(page.isTruncated())
        .marker(page.marker())
        .build();
  }

  private ListInstanceProfilesForRoleResponse listOfRole(
      ListInstanceProfilesForRoleRequest request, Call call) {
    Role role = roles.read(Asked.of(call, "iam:ListInstanceProfilesForRole", request.roleName()));
    Page<Entity.InstanceProfile> page =
        Page.of(
            store.now().profilesOf(role),
            Entity.InstanceProfile::key,
            new Wanted(request.marker(), request.maxItems()));
    return ListInstanceProfilesForRoleResponse.builder()
        .instanceProfiles(page.items().stream().map(this::listed).toList())
        .isTruncated(page.isTruncated())
        .marker(page.marker())
        .build();
  }

  private DeleteInstanceProfileResponse delete(DeleteInstanceProfileRequest request, Call call) {
    Asked asked = Asked.of(call, "iam:DeleteInstanceProfile", request.instanceProfileName());
    profiles.require(asked);
    return store.change(change -> {
      Entity.InstanceProfile profile = ProfileAccess.find(change.now(), asked);
      if (profile.role() != null) {
        throw new Refusal(
            new DeleteConflict(
                "Cannot delete entity, must remove roles from instance profile first."));
      }
      change.delete(profile);
      return DeleteInstanceProfileResponse.builder().build();
    });
  }

  /// Whoever adds a role must also be allowed to pass it on.
  private AddRoleToInstanceProfileResponse addRole(
      AddRoleToInstanceProfileRequest request, Call call) {
    Asked asked = Asked.of(call, "iam:AddRoleToInstanceProfile", request.instanceProfileName());
    profiles.require(asked);
    Asked pass = Asked.of(call, "iam:PassRole", request.roleName());
    roles.require(pass);
    store.change(change -> {
      Entity.InstanceProfile profile = ProfileAccess.find(change.now(), asked);
      Role role = roles.find(change.now(), pass);
      ProtectedRoles.requireModifiable(role);
      if (profile.role() != null) {
        throw new Refusal(
            new LimitExceeded("Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1"));
      }
      change.put(profile.withRole(role.id()));
      return profile;
    });
    return AddRoleToInstanceProfileResponse.builder().build();
  }

  private RemoveRoleFromInstanceProfileResponse removeRole(
      RemoveRoleFromInstanceProfileRequest request, Call call) {
    Asked asked =
        Asked.of(call, "iam:RemoveRoleFromInstanceProfile", request.instanceProfileName());
    profiles.require(asked);
    store.change(change -> {
      Entity.InstanceProfile profile = ProfileAccess.find(change.now(), asked);
      Role role = roles.find(change.now(), Asked.of(call, "", request.roleName()));
      if (!role.id().equals(profile.role())) {
        throw new Refusal(
            new NoSuchEntity(
                "Role %s in Instance Profile %s cannot be found."
                    .formatted(role.name(), profile.entity().name())));
      }
      change.put(profile.withoutRole());
      return profile;
    });
    return RemoveRoleFromInstanceProfileResponse.builder().build();
  }

  /// In lists: without tags.
  private InstanceProfile listed(Entity.InstanceProfile profile) {
    return answer(profile, store.now()).build();
  }

  public static InstanceProfile.Builder answer(Entity.InstanceProfile profile, Identities now) {
    return InstanceProfile.builder()
        .path(profile.entity().path())
        .instanceProfileName(profile.entity().name())
        .instanceProfileId(profile.id().text())
        .arn(profile.arn().toString())
        .createDate(profile.created())
        .roles(
            Optional.ofNullable(profile.role()).flatMap(now::role).stream()
                .map(role -> new RoleAnswer(role).inProfile())
                .toList());
  }
}
