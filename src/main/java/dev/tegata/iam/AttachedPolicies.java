package dev.tegata.iam;

import dev.tegata.arn.Arn;
import dev.tegata.authorization.Call;
import dev.tegata.aws.CommonError.ValidationError;
import dev.tegata.aws.IamError.LimitExceeded;
import dev.tegata.aws.IamError.NoSuchEntity;
import dev.tegata.aws.QueryOperation;
import dev.tegata.aws.Refusal;
import dev.tegata.iam.Page.Wanted;
import dev.tegata.iam.RoleAccess.Asked;
import dev.tegata.store.Identities;
import dev.tegata.store.IdentityStore;
import dev.tegata.store.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.DeleteRolePermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePermissionsBoundaryResponse;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.PutRolePermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.PutRolePermissionsBoundaryResponse;

/// The managed policies that a role refers to: those that permit, and the one that bounds.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html>
public final class AttachedPolicies {
  private static final int MAX_ATTACHED = 10;

  private final RoleAccess roles;

  AttachedPolicies(IdentityStore store) {
    this.roles = new RoleAccess(store);
  }

  List<QueryOperation<Call, ?, ?>> operations() {
    return List.of(
        QueryOperation.of("AttachRolePolicy", AttachRolePolicyRequest::builder, this::attach),
        QueryOperation.of("DetachRolePolicy", DetachRolePolicyRequest::builder, this::detach),
        QueryOperation.of(
            "ListAttachedRolePolicies", ListAttachedRolePoliciesRequest::builder, this::list),
        QueryOperation.of(
            "PutRolePermissionsBoundary",
            PutRolePermissionsBoundaryRequest::builder,
            this::putBoundary),
        QueryOperation.of(
            "DeleteRolePermissionsBoundary",
            DeleteRolePermissionsBoundaryRequest::builder,
            this::deleteBoundary));
  }

  /// Attaches a policy; one that is attached stays so.
  public AttachRolePolicyResponse attach(AttachRolePolicyRequest request, Call call) {
    Arn policy = Documents.arn("policy", request.policyArn());
    roles.change(
        new Asked(
            call, "iam:AttachRolePolicy", request.roleName(), new ContextKeys().policy(policy)),
        (now, role) -> {
          requireAttachable(policy, role, now);
          List<Arn> attached = new ArrayList<>(role.permissions().attached());
          if (!attached.contains(policy)) {
            attached.add(policy);
          }
          if (attached.size() > MAX_ATTACHED) {
            throw new Refusal(
                new LimitExceeded("Cannot exceed quota for PoliciesPerRole: " + MAX_ATTACHED));
          }
          return role.withPermissions(role.permissions().withAttached(attached));
        });
    return AttachRolePolicyResponse.builder().build();
  }

  public DetachRolePolicyResponse detach(DetachRolePolicyRequest request, Call call) {
    Arn policy = Documents.arn("policy", request.policyArn());
    roles.change(
        new Asked(
            call, "iam:DetachRolePolicy", request.roleName(), new ContextKeys().policy(policy)),
        (_, role) -> {
          List<Arn> attached = new ArrayList<>(role.permissions().attached());
          if (!attached.remove(policy)) {
            throw new Refusal(new NoSuchEntity("Policy " + policy + " was not found."));
          }
          return role.withPermissions(role.permissions().withAttached(attached));
        });
    return DetachRolePolicyResponse.builder().build();
  }

  public ListAttachedRolePoliciesResponse list(ListAttachedRolePoliciesRequest request, Call call) {
    Role role = roles.read(Asked.of(call, "iam:ListAttachedRolePolicies", request.roleName()));
    String prefix = "policy" + Objects.requireNonNullElse(request.pathPrefix(), "/");
    List<AttachedPolicy> found =
        role.permissions().attached().stream()
            .filter(arn -> arn.resource().startsWith(prefix))
            .map(AttachedPolicies::attached)
            .toList();
    Page<AttachedPolicy> page =
        Page.inOrder(found, new Wanted(request.marker(), request.maxItems()));
    return ListAttachedRolePoliciesResponse.builder()
        .attachedPolicies(page.items())
        .isTruncated(page.isTruncated())
        .marker(page.marker())
        .build();
  }

  private static AttachedPolicy attached(Arn arn) {
    return AttachedPolicy.builder()
        .policyName(arn.resource().substring(arn.resource().lastIndexOf('/') + 1))
        .policyArn(arn.toString())
        .build();
  }

  public PutRolePermissionsBoundaryResponse putBoundary(
      PutRolePermissionsBoundaryRequest request, Call call) {
    Arn boundary = boundaryArn(request.permissionsBoundary());
    roles.change(
        new Asked(
            call,
            "iam:PutRolePermissionsBoundary",
            request.roleName(),
            new ContextKeys().boundary(boundary)),
        (now, role) -> {
          requireAttachable(boundary, role, now);
          return role.withPermissions(role.permissions().withBoundary(boundary));
        });
    return PutRolePermissionsBoundaryResponse.builder().build();
  }

  public DeleteRolePermissionsBoundaryResponse deleteBoundary(
      DeleteRolePermissionsBoundaryRequest request, Call call) {
    roles.change(
        Asked.of(call, "iam:DeleteRolePermissionsBoundary", request.roleName()),
        (_, role) -> {
          if (role.permissions().boundary() == null) {
            throw new Refusal(
                new NoSuchEntity("The role " + role.name() + " has no permissions boundary."));
          }
          return role.withPermissions(role.permissions().withoutBoundary());
        });
    return DeleteRolePermissionsBoundaryResponse.builder().build();
  }

  static Arn boundaryArn(String text) {
    try {
      return Documents.arn("policy", text);
    } catch (Refusal e) {
      throw new Refusal(
          new ValidationError(
              "Value (" + text + ") for parameter PermissionsBoundary is invalid."));
    }
  }

  /// Refuses a policy that is not there, or is neither AWS's nor of the role's account.
  static void requireAttachable(Arn policy, Role role, Identities now) {
    boolean foreign =
        now.policy(policy).filter(found -> !found.account().equals(role.account())).isPresent();
    if (foreign || now.inForce(policy).isEmpty()) {
      throw new Refusal(
          new NoSuchEntity("Policy " + policy + " does not exist or is not attachable."));
    }
  }
}
