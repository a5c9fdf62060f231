package dev.tegata.roles;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import dev.tegata.authorization.Call;
import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.IamError.DeleteConflict;
import dev.tegata.aws.IamError.EntityAlreadyExists;
import dev.tegata.aws.IamError.InvalidInput;
import dev.tegata.aws.IamError.LimitExceeded;
import dev.tegata.aws.QueryOperation;
import dev.tegata.aws.Refusal;
import dev.tegata.entity.ContextKeys;
import dev.tegata.entity.Documents;
import dev.tegata.entity.IdentityAccess;
import dev.tegata.entity.IdentityAccess.Asked;
import dev.tegata.entity.IdentityKind;
import dev.tegata.entity.IdentityPolicies;
import dev.tegata.entity.Page;
import dev.tegata.entity.Page.Wanted;
import dev.tegata.entity.ProtectedRoles;
import dev.tegata.entity.Quota;
import dev.tegata.entity.TagRules;
import dev.tegata.entity.TrustPolicies;
import dev.tegata.policy.Policy;
import dev.tegata.policy.PolicyKind;
import dev.tegata.store.Change;
import dev.tegata.store.EntityName;
import dev.tegata.store.IdentityStore;
import dev.tegata.store.Role;
import dev.tegata.store.Role.Permissions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleResponse;
import software.amazon.awssdk.services.iam.model.DeleteRoleRequest;
import software.amazon.awssdk.services.iam.model.DeleteRoleResponse;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleResponse;
import software.amazon.awssdk.services.iam.model.ListRolesRequest;
import software.amazon.awssdk.services.iam.model.ListRolesResponse;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.UpdateRoleDescriptionRequest;
import software.amazon.awssdk.services.iam.model.UpdateRoleDescriptionResponse;
import software.amazon.awssdk.services.iam.model.UpdateRoleRequest;
import software.amazon.awssdk.services.iam.model.UpdateRoleResponse;

/// Roles, and who may take them up.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html>
public final class Roles {
  private static final int MAX_ROLES = Quota.of("Roles");

  private static final int DEFAULT_SESSION_SECONDS = 3600;

  private final IdentityStore store;
  private final IdentityAccess<Role> roles;
  private final RandomGenerator random;

  public Roles(IdentityStore store, RandomGenerator random) {
    this.store = store;
    this.roles = new IdentityAccess<>(store, IdentityKind.ROLE);
    this.random = random;
  }

  public List<QueryOperation<Call, ?, ?>> operations() {
    return List.of(
        QueryOperation.of("CreateRole", CreateRoleRequest::builder, this::create),
        QueryOperation.of("GetRole", GetRoleRequest::builder, this::get),
        QueryOperation.of("ListRoles", ListRolesRequest::builder, this::list),
        QueryOperation.of("DeleteRole", DeleteRoleRequest::builder, this::delete),
        QueryOperation.of("UpdateRole", UpdateRoleRequest::builder, this::update),
        QueryOperation.of(
            "UpdateRoleDescription",
            UpdateRoleDescriptionRequest::builder,
            this::updateDescription),
        QueryOperation.of(
            "UpdateAssumeRolePolicy", UpdateAssumeRolePolicyRequest::builder, this::updateTrust));
  }

  public CreateRoleResponse create(CreateRoleRequest request, Call call) {
    EntityName name =
        new EntityName(
            call.account(), Objects.requireNonNullElse(request.path(), "/"), request.roleName());
    if (name.path().startsWith(ProtectedRoles.PATH)) {
      throw new Refusal(
          new InvalidInput(
              "the path `%s` is for the roles that CreateServiceLinkedRole makes"
                  .formatted(name.path())));
    }
    SequencedMap<String, String> tags = TagRules.ROLE.read(request.tags());
    ContextKeys context = new ContextKeys().requestTags(tags);
    Permissions permissions = Permissions.none();
    if (request.permissionsBoundary() != null) {
      Arn boundary = IdentityPolicies.boundaryArn(request.permissionsBoundary());
      context.boundary(boundary);
      permissions = permissions.withBoundary(boundary);
    }
    call.require(new Access("iam:CreateRole", name.arn("role"), context.toMap()));
    if (!tags.isEmpty()) {
      call.require(new Access("iam:TagRole", name.arn("role"), context.toMap()));
    }
    Role role =
        new Role(
            UniqueId.create(UniqueId.Kind.AROA, call.account(), random),
            name,
            call.time(),
            Documents.read(PolicyKind.TRUST, request.assumeRolePolicyDocument()),
            Objects.requireNonNullElse(request.description(), ""),
            Duration.ofSeconds(
                Objects.requireNonNullElse(request.maxSessionDuration(), DEFAULT_SESSION_SECONDS)),
            tags,
            permissions);
    store.change(change -> add(change, role));
    return CreateRoleResponse.builder().role(new RoleAnswer(role).created()).build();
  }

  private static Role add(Change change, Role role) {
    TrustPolicies.check(role.trust(), change.now());
    if (change.now().role(role.account(), role.name()).isPresent()) {
      throw new Refusal(
          new EntityAlreadyExists("Role with name " + role.name() + " already exists."));
    }
    requireRoom(change, role.account());
    Arn boundary = role.permissions().boundary();
    if (boundary != null) {
      IdentityPolicies.requireBoundary(boundary, role, change.now());
    }
    change.put(role);
    return role;
  }

  static void requireRoom(Change change, AccountId account) {
    if (change.now().roleCount(account) >= MAX_ROLES) {
      throw new Refusal(new LimitExceeded("Cannot exceed quota for RolesPerAccount: " + MAX_ROLES));
    }
  }

  public GetRoleResponse get(GetRoleRequest request, Call call) {
    Role role = roles.read(Asked.of(call, "iam:GetRole", request.roleName()));
    return GetRoleResponse.builder().role(new RoleAnswer(role).whole(store.now())).build();
  }

  public ListRolesResponse list(ListRolesRequest request, Call call) {
    String prefix = Objects.requireNonNullElse(request.pathPrefix(), "/");
    call.require(new Access("iam:ListRoles", Arn.iam(call.account(), "role" + prefix)));
    Wanted wanted = new Wanted(request.marker(), request.maxItems());
    Page<Role> page =
        Page.read(slice -> store.now().roles(call.account(), slice), prefix, Role::key, wanted);
    return ListRolesResponse.builder()
        .roles(page.items().stream().map(role -> new RoleAnswer(role).listed()).toList())
        .isTruncated(page.isTruncated())
        .marker(page.marker())
        .build();
  }

  /// Deletes a role. Where another one trusts it, its unique id takes the place of its ARN.
  public DeleteRoleResponse delete(DeleteRoleRequest request, Call call) {
    Asked asked = Asked.of(call, "iam:DeleteRole", request.roleName());
    roles.require(asked);
    return store.change(change -> {
      Role role = roles.find(change.now(), asked);
      ProtectedRoles.requireModifiable(role);
      if (!role.permissions().attached().isEmpty()) {
        throw conflict("Cannot delete entity, must detach all policies first.");
      }
      if (!role.permissions().inline().isEmpty()) {
        throw conflict("Cannot delete entity, must delete policies first.");
      }
      if (!change.now().profilesOf(role).isEmpty()) {
        throw conflict("Cannot delete entity, must remove roles from instance profile first.");
      }
      change.delete(role);
      TrustPolicies.replace(change, role, role.id().text());
      return DeleteRoleResponse.builder().build();
    });
  }

  private static Refusal conflict(String message) {
    return new Refusal(new DeleteConflict(message));
  }

  /// What the request leaves out keeps its value.
  public UpdateRoleResponse update(UpdateRoleRequest request, Call call) {
    roles.change(
        Asked.of(call, "iam:UpdateRole", request.roleName()),
        (_, role) -> {
          Role updated = role;
          if (request.description() != null) {
            updated = updated.withDescription(request.description());
          }
          if (request.maxSessionDuration() != null) {
            ProtectedRoles.requireModifiable(role);
            updated = updated.withMaxSession(Duration.ofSeconds(request.maxSessionDuration()));
          }
          return updated;
        });
    return UpdateRoleResponse.builder().build();
  }

  public UpdateRoleDescriptionResponse updateDescription(
      UpdateRoleDescriptionRequest request, Call call) {
    Role role =
        roles.change(
            Asked.of(call, "iam:UpdateRoleDescription", request.roleName()),
            (_, found) -> found.withDescription(request.description()));
    return UpdateRoleDescriptionResponse.builder().role(new RoleAnswer(role).described()).build();
  }

  public UpdateAssumeRolePolicyResponse updateTrust(
      UpdateAssumeRolePolicyRequest request, Call call) {
    roles.change(
        Asked.of(call, "iam:UpdateAssumeRolePolicy", request.roleName()),
        (now, role) -> {
          ProtectedRoles.requireModifiable(role);
          Policy trust = Documents.read(PolicyKind.TRUST, request.policyDocument());
          TrustPolicies.check(trust, now);
          return role.withTrust(trust);
        });
    return UpdateAssumeRolePolicyResponse.builder().build();
  }
}
