package dev.tegata.policies;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.authorization.Call;
import dev.tegata.aws.IamError.NoSuchEntity;
import dev.tegata.aws.QueryOperation;
import dev.tegata.aws.Refusal;
import dev.tegata.entity.Page;
import dev.tegata.entity.Page.Section;
import dev.tegata.entity.Page.Wanted;
import dev.tegata.policies.PolicyAccess.Asked;
import dev.tegata.store.Entity.Group;
import dev.tegata.store.Entity.Identity;
import dev.tegata.store.Entity.User;
import dev.tegata.store.Identities;
import dev.tegata.store.IdentityStore;
import dev.tegata.store.Role;
import dev.tegata.store.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import software.amazon.awssdk.services.iam.model.EntityType;
import software.amazon.awssdk.services.iam.model.ListEntitiesForPolicyRequest;
import software.amazon.awssdk.services.iam.model.ListEntitiesForPolicyResponse;
import software.amazon.awssdk.services.iam.model.PolicyGroup;
import software.amazon.awssdk.services.iam.model.PolicyRole;
import software.amazon.awssdk.services.iam.model.PolicyUsageType;
import software.amazon.awssdk.services.iam.model.PolicyUser;

/// Who refers to a managed policy.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListEntitiesForPolicy.html>
public final class PolicyEntities {
  private final IdentityStore store;
  private final PolicyAccess policies;

  public PolicyEntities(IdentityStore store) {
    this.store = store;
    this.policies = new PolicyAccess(store);
  }

  public List<QueryOperation<Call, ?, ?>> operations() {
    return List.of(
        QueryOperation.of(
            "ListEntitiesForPolicy", ListEntitiesForPolicyRequest::builder, this::list));
  }

  /// Groups first, then users and roles, each in the order of their names.
  private ListEntitiesForPolicyResponse list(ListEntitiesForPolicyRequest request, Call call) {
    Asked asked = Asked.of(call, "iam:ListEntitiesForPolicy", request.policyArn());
    policies.require(asked);
    Identities now = store.now();
    if (now.inForce(asked.arn(), call.account()).isEmpty()) {
      throw new Refusal(
          new NoSuchEntity("Policy " + asked.arn() + " does not exist or is not attachable."));
    }
    String prefix = Objects.requireNonNullElse(request.pathPrefix(), "/");
    List<Section<Identity<?>>> sections = new ArrayList<>();
    for (EntityType kind : List.of(EntityType.GROUP, EntityType.USER, EntityType.ROLE)) {
      if (request.entityFilter() == null || request.entityFilter() == kind) {
        usages(request)
            .map(asBoundary -> section(now, kind, new Use(call, asked.arn(), asBoundary)))
            .forEach(sections::add);
      }
    }
    return answer(Page.across(sections, prefix, new Wanted(request.marker(), request.maxItems())));
  }

  private record Use(Call call, Arn policy, boolean asBoundary) {}

  private static Stream<Boolean> usages(ListEntitiesForPolicyRequest request) {
    return request.policyUsageFilter() == null
        ? Stream.of(false, true)
        : Stream.of(request.policyUsageFilter() == PolicyUsageType.PERMISSIONS_BOUNDARY);
  }

  /// Users and groups are few; of roles there may be very many.
  private static Section<Identity<?>> section(Identities now, EntityType kind, Use use) {
    AccountId account = use.call.account();
    return new Section<>(
        slice ->
            switch (kind) {
              case GROUP ->
                  part(now.identitiesWith(Group.class, account, use.policy, use.asBoundary), slice);
              case USER ->
                  part(now.identitiesWith(User.class, account, use.policy, use.asBoundary), slice);
              default -> List.copyOf(now.rolesWith(account, use.policy, use.asBoundary, slice));
            },
        Identity::key);
  }

  private static List<Identity<?>> part(List<? extends Identity<?>> all, Slice slice) {
    return all.stream()
        .<Identity<?>>map(identity -> identity)
        .filter(identity -> identity.entity().path().startsWith(slice.pathPrefix()))
        .filter(identity -> identity.key().compareTo(slice.after()) > 0)
        .limit(slice.limit())
        .toList();
  }

  private static ListEntitiesForPolicyResponse answer(Page<Identity<?>> page) {
    List<PolicyGroup> groups = new ArrayList<>();
    List<PolicyUser> users = new ArrayList<>();
    List<PolicyRole> roles = new ArrayList<>();
    for (Identity<?> identity : page.items()) {
      String id = identity.id().text();
      switch (identity) {
        case Group group ->
            groups.add(PolicyGroup.builder().groupName(group.name()).groupId(id).build());
        case User user -> users.add(PolicyUser.builder().userName(user.name()).userId(id).build());
        case Role role -> roles.add(PolicyRole.builder().roleName(role.name()).roleId(id).build());
      }
    }
    return ListEntitiesForPolicyResponse.builder()
        .policyGroups(groups)
        .policyUsers(users)
        .policyRoles(roles)
        .isTruncated(page.isTruncated())
        .marker(page.marker())
        .build();
  }
}
