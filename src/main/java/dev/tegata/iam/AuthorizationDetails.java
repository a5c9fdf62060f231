package dev.tegata.iam;

import dev.tegata.arn.Arn;
import dev.tegata.authorization.Call;
import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.QueryOperation;
import dev.tegata.entity.BoundaryAnswer;
import dev.tegata.entity.Documents;
import dev.tegata.entity.IdentityPolicies;
import dev.tegata.entity.Page;
import dev.tegata.entity.Page.Section;
import dev.tegata.entity.Page.Wanted;
import dev.tegata.entity.TagRules;
import dev.tegata.policies.PolicyAnswer;
import dev.tegata.policy.AwsManagedPolicies;
import dev.tegata.roles.InstanceProfiles;
import dev.tegata.roles.RoleAnswer;
import dev.tegata.store.Entity;
import dev.tegata.store.Entity.Group;
import dev.tegata.store.Entity.Identity;
import dev.tegata.store.Entity.User;
import dev.tegata.store.Identities;
import dev.tegata.store.IdentityStore;
import dev.tegata.store.ManagedPolicy;
import dev.tegata.store.PolicyUse;
import dev.tegata.store.Role;
import dev.tegata.store.Slice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.EntityType;
import software.amazon.awssdk.services.iam.model.GetAccountAuthorizationDetailsRequest;
import software.amazon.awssdk.services.iam.model.GetAccountAuthorizationDetailsResponse;
import software.amazon.awssdk.services.iam.model.GroupDetail;
import software.amazon.awssdk.services.iam.model.ManagedPolicyDetail;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyDetail;
import software.amazon.awssdk.services.iam.model.RoleDetail;
import software.amazon.awssdk.services.iam.model.UserDetail;

/// All users, groups, roles and policies of an account with what they say: the file that
/// `accountdetails` reads.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html>
final class AuthorizationDetails {
  private final IdentityStore store;

  AuthorizationDetails(IdentityStore store) {
    this.store = store;
  }

  List<QueryOperation<Call, ?, ?>> operations() {
    return List.of(
        QueryOperation.of(
            "GetAccountAuthorizationDetails",
            GetAccountAuthorizationDetailsRequest::builder,
            this::get));
  }

  /// A thing of the list, before it is known whether its page is wanted: of AWS's policies there is
  /// only the ARN.
  private sealed interface Detail {
    record Held(Entity entity) implements Detail {}

    record OfAws(Arn policy) implements Detail {}

    default String key() {
      return switch (this) {
        case Held(var entity) -> entity.key();
        case OfAws(var policy) -> policy.toString();
      };
    }
  }

  private GetAccountAuthorizationDetailsResponse get(
      GetAccountAuthorizationDetailsRequest request, Call call) {
    call.require(new Access("iam:GetAccountAuthorizationDetails", Arn.EVERY));
    Identities now = store.now();
    List<Section<Detail>> sections =
        EntityType.knownValues().stream()
            .filter(kind -> request.filter().isEmpty() || request.filter().contains(kind))
            .map(kind -> new Section<Detail>(slice -> details(kind, slice, now, call), Detail::key))
            .toList();
    Page<Detail> page =
        Page.across(sections, "/", new Wanted(request.marker(), request.maxItems()));
    return answer(page, now, call);
  }

  private static List<Detail> details(EntityType kind, Slice slice, Identities now, Call call) {
    return switch (kind) {
      case USER -> held(now.list(User.class, call.account(), slice));
      case GROUP -> held(now.list(Group.class, call.account(), slice));
      case ROLE -> held(now.list(Role.class, call.account(), slice));
      case LOCAL_MANAGED_POLICY -> held(now.list(ManagedPolicy.class, call.account(), slice));
      case AWS_MANAGED_POLICY ->
          now.uses(call.account()).stream()
              .map(PolicyUse::policy)
              .filter(arn -> now.awsPolicy(arn).isPresent())
              .<Detail>map(Detail.OfAws::new)
              .filter(detail -> detail.key().compareTo(slice.after()) > 0)
              .sorted(Comparator.comparing(Detail::key))
              .limit(slice.limit())
              .toList();
      default -> List.of();
    };
  }

  private static List<Detail> held(List<? extends Entity> entities) {
    return entities.stream().<Detail>map(Detail.Held::new).toList();
  }

  private static GetAccountAuthorizationDetailsResponse answer(
      Page<Detail> page, Identities now, Call call) {
    List<UserDetail> users = new ArrayList<>();
    List<GroupDetail> groups = new ArrayList<>();
    List<RoleDetail> roles = new ArrayList<>();
    List<ManagedPolicyDetail> policies = new ArrayList<>();
    PolicyAnswer answers = PolicyAnswer.forMany(now.uses(call.account()));
    for (Detail detail : page.items()) {
      switch (detail) {
        case Detail.OfAws(var arn) -> policies.add(aws(arn, answers, now));
        case Detail.Held(User user) -> users.add(user(user, now));
        case Detail.Held(Group group) -> groups.add(group(group));
        case Detail.Held(Role role) -> roles.add(role(role, now));
        case Detail.Held(ManagedPolicy policy) -> policies.add(policy(policy, answers));
        case Detail.Held(var _) -> {}
      }
    }
    return GetAccountAuthorizationDetailsResponse.builder()
        .userDetailList(users)
        .groupDetailList(groups)
        .roleDetailList(roles)
        .policies(policies)
        .isTruncated(page.isTruncated())
        .marker(page.marker())
        .build();
  }

  private static UserDetail user(User user, Identities now) {
    return UserDetail.builder()
        .path(user.entity().path())
        .userName(user.name())
        .userId(user.id().text())
        .arn(user.arn().toString())
        .createDate(user.created())
        .userPolicyList(inline(user))
        .groupList(
            user.groups().stream()
                .flatMap(id -> now.group(id).stream())
                .map(Group::name)
                .sorted()
                .toList())
        .attachedManagedPolicies(attached(user))
        .permissionsBoundary(BoundaryAnswer.of(user))
        .tags(TagRules.write(user.tags()))
        .build();
  }

  private static GroupDetail group(Group group) {
    return GroupDetail.builder()
        .path(group.entity().path())
        .groupName(group.name())
        .groupId(group.id().text())
        .arn(group.arn().toString())
        .createDate(group.created())
        .groupPolicyList(inline(group))
        .attachedManagedPolicies(attached(group))
        .build();
  }

  private static RoleDetail role(Role role, Identities now) {
    return RoleDetail.builder()
        .path(role.entity().path())
        .roleName(role.name())
        .roleId(role.id().text())
        .arn(role.arn().toString())
        .createDate(role.created())
        .assumeRolePolicyDocument(Documents.write(role.trust()))
        .instanceProfileList(
            now.profilesOf(role).stream()
                .map(profile -> InstanceProfiles.answer(profile, now).build())
                .toList())
        .rolePolicyList(inline(role))
        .attachedManagedPolicies(attached(role))
        .permissionsBoundary(BoundaryAnswer.of(role))
        .tags(TagRules.write(role.tags()))
        .roleLastUsed(RoleAnswer.lastUsed(role, now))
        .build();
  }

  private static List<PolicyDetail> inline(Identity<?> identity) {
    List<PolicyDetail> policies = new ArrayList<>();
    identity
        .permissions()
        .inline()
        .forEach((name, policy) ->
            policies.add(
                PolicyDetail.builder()
                    .policyName(name)
                    .policyDocument(Documents.write(policy))
                    .build()));
    return policies;
  }

  private static List<AttachedPolicy> attached(Identity<?> identity) {
    return identity.permissions().attached().stream().map(IdentityPolicies::attached).toList();
  }

  private static ManagedPolicyDetail policy(ManagedPolicy policy, PolicyAnswer answers) {
    return detail(answers.listed(policy))
        .description(policy.description().isEmpty() ? null : policy.description())
        .policyVersionList(
            policy.versions().stream()
                .map(version ->
                    PolicyAnswer.version(policy, version)
                        .document(Documents.write(version.policy()))
                        .build())
                .toList())
        .build();
  }

  private static ManagedPolicyDetail aws(Arn arn, PolicyAnswer answers, Identities now) {
    AwsManagedPolicies.Listed listed = AwsManagedPolicies.described(arn);
    return detail(answers.aws(listed).build())
        .policyVersionList(
            now.awsPolicy(arn).stream()
                .map(policy ->
                    PolicyAnswer.awsVersion(listed)
                        .document(Documents.write(policy.policy()))
                        .build())
                .toList())
        .build();
  }

  private static ManagedPolicyDetail.Builder detail(Policy policy) {
    return ManagedPolicyDetail.builder()
        .policyName(policy.policyName())
        .policyId(policy.policyId())
        .arn(policy.arn())
        .path(policy.path())
        .defaultVersionId(policy.defaultVersionId())
        .attachmentCount(policy.attachmentCount())
        .permissionsBoundaryUsageCount(policy.permissionsBoundaryUsageCount())
        .isAttachable(policy.isAttachable())
        .createDate(policy.createDate())
        .updateDate(policy.updateDate());
  }
}
