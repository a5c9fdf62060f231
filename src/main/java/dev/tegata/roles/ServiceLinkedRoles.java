package dev.tegata.roles;

import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import dev.tegata.authorization.Call;
import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.CommonError.ValidationError;
import dev.tegata.aws.IamError.InvalidInput;
import dev.tegata.aws.IamError.NoSuchEntity;
import dev.tegata.aws.QueryOperation;
import dev.tegata.aws.Refusal;
import dev.tegata.entity.ContextKeys;
import dev.tegata.entity.IdentityAccess;
import dev.tegata.entity.IdentityAccess.Asked;
import dev.tegata.entity.IdentityKind;
import dev.tegata.entity.ProtectedRoles;
import dev.tegata.entity.TrustPolicies;
import dev.tegata.store.AccountRecord;
import dev.tegata.store.Change;
import dev.tegata.store.EntityName;
import dev.tegata.store.IdentityStore;
import dev.tegata.store.Role;
import dev.tegata.store.Role.Permissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.CreateServiceLinkedRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateServiceLinkedRoleResponse;
import software.amazon.awssdk.services.iam.model.DeleteServiceLinkedRoleRequest;
import software.amazon.awssdk.services.iam.model.DeleteServiceLinkedRoleResponse;
import software.amazon.awssdk.services.iam.model.DeletionTaskStatusType;
import software.amazon.awssdk.services.iam.model.GetServiceLinkedRoleDeletionStatusRequest;
import software.amazon.awssdk.services.iam.model.GetServiceLinkedRoleDeletionStatusResponse;

/// The roles that AWS's own services take up in an account. Their names, trust and permissions are
/// the service's to say; see [ProtectedRoles].
///
/// None of the services is here, so no resource of theirs is in the way of a deletion: it has
/// succeeded when it is answered. The policies that such a role has attached are AWS's and are
/// known here by name only.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceLinkedRole.html>
public final class ServiceLinkedRoles {
  /// The records of the deletions that were asked for, by the ids of their tasks.
  private static final String DELETION = "service-linked-role-deletion";

  private static final int MAX_NAME = 64;
  private static final Duration SESSION = Duration.ofHours(1);

  private final IdentityStore store;
  private final IdentityAccess<Role> roles;
  private final RandomGenerator random;

  public ServiceLinkedRoles(IdentityStore store, RandomGenerator random) {
    this.store = store;
    this.roles = new IdentityAccess<>(store, IdentityKind.ROLE);
    this.random = random;
  }

  public List<QueryOperation<Call, ?, ?>> operations() {
    return List.of(
        QueryOperation.of(
            "CreateServiceLinkedRole", CreateServiceLinkedRoleRequest::builder, this::create),
        QueryOperation.of(
            "DeleteServiceLinkedRole", DeleteServiceLinkedRoleRequest::builder, this::delete),
        QueryOperation.of(
            "GetServiceLinkedRoleDeletionStatus",
            GetServiceLinkedRoleDeletionStatusRequest::builder,
            this::status));
  }

  private CreateServiceLinkedRoleResponse create(
      CreateServiceLinkedRoleRequest request, Call call) {
    String asked = request.awsServiceName();
    ContextKeys context = new ContextKeys().service(asked);
    LinkedService service =
        LinkedService.find(asked)
            .orElseThrow(() -> {
              call.require(new Access("iam:CreateServiceLinkedRole", Arn.EVERY, context.toMap()));
              return new Refusal(
                  new InvalidInput("no service-linked role of the service " + asked + " is known"));
            });
    EntityName name =
        new EntityName(
            call.account(),
            ProtectedRoles.PATH + service.name() + "/",
            name(service, request.customSuffix()));
    call.require(new Access("iam:CreateServiceLinkedRole", name.arn("role"), context.toMap()));
    requireSuffixAllowed(service, request.customSuffix());
    Role role =
        new Role(
            UniqueId.create(UniqueId.Kind.AROA, call.account(), random),
            name,
            call.time(),
            service.trust(),
            Objects.requireNonNullElse(request.description(), ""),
            SESSION,
            new LinkedHashMap<>(),
            Permissions.none().withAttached(List.of(service.policy())));
    store.change(change -> add(change, role));
    return CreateServiceLinkedRoleResponse.builder().role(new RoleAnswer(role).created()).build();
  }

  private static String name(LinkedService service, @Nullable String suffix) {
    String name = suffix == null ? service.role() : service.role() + "_" + suffix;
    if (name.length() > MAX_NAME) {
      throw new Refusal(
          new ValidationError(
              "1 validation error detected: Value '%s' at 'roleName' failed to satisfy constraint: Member must have length less than or equal to %d"
                  .formatted(name, MAX_NAME)));
    }
    return name;
  }

  private static void requireSuffixAllowed(LinkedService service, @Nullable String suffix) {
    if (suffix != null && !service.takesSuffix()) {
      throw new Refusal(new InvalidInput("Custom suffix is not allowed for " + service.name()));
    }
  }

  private static Role add(Change change, Role role) {
    if (change.now().role(role.account(), role.name()).isPresent()) {
      throw new Refusal(
          new InvalidInput(
              "Service role name %s has been taken in this account, please try a different suffix."
                  .formatted(role.name())));
    }
    Roles.requireRoom(change, role.account());
    change.put(role);
    return role;
  }

  private DeleteServiceLinkedRoleResponse delete(
      DeleteServiceLinkedRoleRequest request, Call call) {
    Asked asked = Asked.of(call, "iam:DeleteServiceLinkedRole", request.roleName());
    roles.require(asked);
    String unique = new UUID(random.nextLong(), random.nextLong()).toString();
    return store.change(change -> {
      Role role = roles.find(change.now(), asked);
      if (!ProtectedRoles.isServiceLinked(role)) {
        throw new Refusal(
            new NoSuchEntity("The role with name %s cannot be found.".formatted(role.name())));
      }
      String task = "task%s%s/%s".formatted(role.entity().path(), role.name(), unique);
      change.delete(role);
      TrustPolicies.replace(change, role, role.id().text());
      change.put(
          new AccountRecord(
              call.account(), DELETION, task, DeletionTaskStatusType.SUCCEEDED.toString()));
      return DeleteServiceLinkedRoleResponse.builder().deletionTaskId(task).build();
    });
  }

  private GetServiceLinkedRoleDeletionStatusResponse status(
      GetServiceLinkedRoleDeletionStatusRequest request, Call call) {
    String task = request.deletionTaskId();
    call.require(new Access("iam:GetServiceLinkedRoleDeletionStatus", roleOf(task, call)));
    AccountRecord deletion =
        store
            .now()
            .record(call.account(), DELETION, task)
            .orElseThrow(
                () -> new Refusal(new NoSuchEntity("Deletion task " + task + " cannot be found.")));
    return GetServiceLinkedRoleDeletionStatusResponse.builder().status(deletion.body()).build();
  }

  /// The role that a task was to delete, which its id names.
  private static Arn roleOf(String task, Call call) {
    int end = task.lastIndexOf('/');
    return task.startsWith("task" + ProtectedRoles.PATH) && end > "task/".length()
        ? Arn.iam(call.account(), "role" + task.substring("task".length(), end))
        : Arn.EVERY;
  }
}
