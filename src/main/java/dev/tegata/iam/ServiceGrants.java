package dev.tegata.iam;

import dev.tegata.arn.Arn;
import dev.tegata.authorization.Call;
import dev.tegata.aws.IamError.InvalidInput;
import dev.tegata.aws.QueryOperation;
import dev.tegata.aws.Refusal;
import dev.tegata.entity.IdentityAccess;
import dev.tegata.entity.IdentityAccess.Asked;
import dev.tegata.entity.IdentityKind;
import dev.tegata.entity.Page;
import dev.tegata.entity.Page.Wanted;
import dev.tegata.policy.Policy;
import dev.tegata.policy.Statement;
import dev.tegata.policy.Statement.Effect;
import dev.tegata.simulation.EntityArn;
import dev.tegata.store.Entity.Group;
import dev.tegata.store.Entity.Identity;
import dev.tegata.store.Entity.User;
import dev.tegata.store.Identities;
import dev.tegata.store.IdentityStore;
import dev.tegata.store.Role;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.iam.model.ListPoliciesGrantingServiceAccessEntry;
import software.amazon.awssdk.services.iam.model.ListPoliciesGrantingServiceAccessRequest;
import software.amazon.awssdk.services.iam.model.ListPoliciesGrantingServiceAccessResponse;
import software.amazon.awssdk.services.iam.model.PolicyGrantingServiceAccess;
import software.amazon.awssdk.services.iam.model.PolicyOwnerEntityType;
import software.amazon.awssdk.services.iam.model.PolicyType;

/// Which policies of a user, group or role allow anything of a service; a user has those of its
/// groups, too. As at AWS nobody asks about resources, conditions, denials and boundaries.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPoliciesGrantingServiceAccess.html>
final class ServiceGrants {
  private final IdentityStore store;

  ServiceGrants(IdentityStore store) {
    this.store = store;
  }

  List<QueryOperation<Call, ?, ?>> operations() {
    return List.of(
        QueryOperation.of(
            "ListPoliciesGrantingServiceAccess",
            ListPoliciesGrantingServiceAccessRequest::builder,
            this::list));
  }

  private ListPoliciesGrantingServiceAccessResponse list(
      ListPoliciesGrantingServiceAccessRequest request, Call call) {
    Identity<?> identity = identity(request.arn(), call);
    List<Held> held = held(identity, store.now());
    Page<String> page =
        Page.inOrder(request.serviceNamespaces(), new Wanted(request.marker(), null));
    return ListPoliciesGrantingServiceAccessResponse.builder()
        .policiesGrantingServiceAccess(
            page.items().stream().map(service -> granting(service, held)).toList())
        .isTruncated(page.isTruncated())
        .marker(page.marker())
        .build();
  }

  private static ListPoliciesGrantingServiceAccessEntry granting(String service, List<Held> held) {
    return ListPoliciesGrantingServiceAccessEntry.builder()
        .serviceNamespace(service)
        .policies(
            held.stream().filter(each -> grants(each.policy(), service)).map(Held::answer).toList())
        .build();
  }

  private static boolean grants(Policy policy, String service) {
    return policy.statements().stream()
        .filter(statement -> statement.effect() == Effect.ALLOW)
        .map(Statement::actions)
        .anyMatch(actions -> actions.mayCover(service));
  }

  private Identity<?> identity(String text, Call call) {
    EntityArn entity =
        EntityArn.parse(text)
            .filter(found -> found.account().equals(call.account()))
            .orElseThrow(() ->
                new Refusal(
                    new InvalidInput(
                        "`" + text + "` is not a user, group or role of this account")));
    return switch (entity.kind()) {
      case "role" -> identity(entity, call, IdentityKind.ROLE);
      case "user" -> identity(entity, call, IdentityKind.USER);
      default -> identity(entity, call, IdentityKind.GROUP);
    };
  }

  private <I extends Identity<I>> I identity(EntityArn entity, Call call, IdentityKind<I> kind) {
    return new IdentityAccess<>(store, kind)
        .read(Asked.of(call, "iam:ListPoliciesGrantingServiceAccess", entity.name()));
  }

  /// A policy that bears on an identity, and how the answer calls it.
  private record Held(Policy policy, PolicyGrantingServiceAccess answer) {}

  private static List<Held> held(Identity<?> identity, Identities now) {
    List<Held> held = new ArrayList<>();
    identity
        .permissions()
        .attached()
        .forEach(
            arn -> now.inForce(arn).ifPresent(found -> held.add(managed(arn, found.policy()))));
    identity
        .permissions()
        .inline()
        .forEach((name, policy) -> held.add(inline(name, policy, identity)));
    if (identity instanceof User user) {
      user.groups().stream()
          .flatMap(id -> now.group(id).stream())
          .forEach(group -> held.addAll(held(group, now)));
    }
    return held;
  }

  private static Held managed(Arn arn, Policy policy) {
    return new Held(
        policy,
        PolicyGrantingServiceAccess.builder()
            .policyName(arn.resource().substring(arn.resource().lastIndexOf('/') + 1))
            .policyType(PolicyType.MANAGED)
            .policyArn(arn.toString())
            .build());
  }

  private static Held inline(String name, Policy policy, Identity<?> of) {
    return new Held(
        policy,
        PolicyGrantingServiceAccess.builder()
            .policyName(name)
            .policyType(PolicyType.INLINE)
            .entityType(
                switch (of) {
                  case User _ -> PolicyOwnerEntityType.USER;
                  case Group _ -> PolicyOwnerEntityType.GROUP;
                  case Role _ -> PolicyOwnerEntityType.ROLE;
                })
            .entityName(of.name())
            .build());
  }
}
