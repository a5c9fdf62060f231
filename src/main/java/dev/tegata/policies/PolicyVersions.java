package dev.tegata.policies;

import dev.tegata.arn.Arn;
import dev.tegata.authorization.Call;
import dev.tegata.aws.IamError.DeleteConflict;
import dev.tegata.aws.IamError.LimitExceeded;
import dev.tegata.aws.IamError.NoSuchEntity;
import dev.tegata.aws.QueryOperation;
import dev.tegata.aws.Refusal;
import dev.tegata.entity.Documents;
import dev.tegata.entity.Page;
import dev.tegata.entity.Page.Wanted;
import dev.tegata.entity.Quota;
import dev.tegata.policies.PolicyAccess.Asked;
import dev.tegata.policy.AwsManagedPolicies;
import dev.tegata.policy.AwsManagedPolicies.Listed;
import dev.tegata.policy.NamedPolicy;
import dev.tegata.policy.Policy;
import dev.tegata.store.IdentityStore;
import dev.tegata.store.ManagedPolicy;
import dev.tegata.store.ManagedPolicy.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.iam.model.CreatePolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.DeletePolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.DeletePolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.ListPolicyVersionsRequest;
import software.amazon.awssdk.services.iam.model.ListPolicyVersionsResponse;
import software.amazon.awssdk.services.iam.model.PolicyVersion;
import software.amazon.awssdk.services.iam.model.SetDefaultPolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.SetDefaultPolicyVersionResponse;

/// The versions of a managed policy: five at most, one in force, no number given twice.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-versioning.html>
public final class PolicyVersions {
  private static final int MAX_VERSIONS = Quota.of("VersionsPerPolicy");

  private final PolicyAccess policies;

  public PolicyVersions(IdentityStore store) {
    this.policies = new PolicyAccess(store);
  }

  public List<QueryOperation<Call, ?, ?>> operations() {
    return List.of(
        QueryOperation.of("CreatePolicyVersion", CreatePolicyVersionRequest::builder, this::create),
        QueryOperation.of("GetPolicyVersion", GetPolicyVersionRequest::builder, this::get),
        QueryOperation.of("ListPolicyVersions", ListPolicyVersionsRequest::builder, this::list),
        QueryOperation.of("DeletePolicyVersion", DeletePolicyVersionRequest::builder, this::delete),
        QueryOperation.of(
            "SetDefaultPolicyVersion", SetDefaultPolicyVersionRequest::builder, this::setDefault));
  }

  public CreatePolicyVersionResponse create(CreatePolicyVersionRequest request, Call call) {
    ManagedPolicy policy =
        policies.change(
            Asked.of(call, "iam:CreatePolicyVersion", request.policyArn()),
            before -> {
              Policy text = ManagedPolicies.text(request.policyDocument());
              if (before.versions().size() >= MAX_VERSIONS) {
                throw new Refusal(
                    new LimitExceeded(
                        "A managed policy can have up to 5 versions. Before you create a new"
                            + " version, you must delete an existing version."));
              }
              Version version = new Version(before.lastVersion() + 1, text, call.time());
              List<Version> versions = new ArrayList<>(before.versions());
              versions.add(version);
              ManagedPolicy after = before.withVersions(versions);
              return Boolean.TRUE.equals(request.setAsDefault())
                  ? after.withDefault(version.number())
                  : after;
            });
    return CreatePolicyVersionResponse.builder()
        .policyVersion(PolicyAnswer.version(policy, policy.versions().getLast()).build())
        .build();
  }

  public GetPolicyVersionResponse get(GetPolicyVersionRequest request, Call call) {
    Asked asked = Asked.of(call, "iam:GetPolicyVersion", request.policyArn());
    policies.require(asked);
    PolicyVersion.Builder answer;
    Optional<NamedPolicy> aws = policies.store().now().awsPolicy(asked.arn());
    if (aws.isPresent()) {
      Listed listed = AwsManagedPolicies.described(asked.arn());
      if (!listed.version().equals(request.versionId())) {
        throw missing(asked.arn(), request.versionId());
      }
      answer = PolicyAnswer.awsVersion(listed).document(Documents.write(aws.get().policy()));
    } else {
      ManagedPolicy policy =
          PolicyAccess.own(policies.store().now(), asked)
              .orElseThrow(() -> missing(asked.arn(), request.versionId()));
      Version version = find(policy, request.versionId());
      answer = PolicyAnswer.version(policy, version).document(Documents.write(version.policy()));
    }
    return GetPolicyVersionResponse.builder().policyVersion(answer.build()).build();
  }

  /// Lists the newest version first.
  public ListPolicyVersionsResponse list(ListPolicyVersionsRequest request, Call call) {
    Asked asked = Asked.of(call, "iam:ListPolicyVersions", request.policyArn());
    policies.require(asked);
    List<PolicyVersion> versions;
    if (policies.store().now().awsPolicy(asked.arn()).isPresent()) {
      versions =
          List.of(PolicyAnswer.awsVersion(AwsManagedPolicies.described(asked.arn())).build());
    } else {
      ManagedPolicy policy = PolicyAccess.find(policies.store().now(), asked);
      versions =
          policy.versions().reversed().stream()
              .map(version -> PolicyAnswer.version(policy, version).build())
              .toList();
    }
    Page<PolicyVersion> page =
        Page.inOrder(versions, new Wanted(request.marker(), request.maxItems()));
    return ListPolicyVersionsResponse.builder()
        .versions(page.items())
        .isTruncated(page.isTruncated())
        .marker(page.marker())
        .build();
  }

  public DeletePolicyVersionResponse delete(DeletePolicyVersionRequest request, Call call) {
    Asked asked = Asked.of(call, "iam:DeletePolicyVersion", request.policyArn());
    policies.change(
        asked,
        missing(asked.arn(), request.versionId()),
        policy -> {
          Version version = find(policy, request.versionId());
          if (version.number() == policy.defaultVersion()) {
            throw new Refusal(new DeleteConflict("Cannot delete the default version of a policy."));
          }
          return policy.withVersions(
              policy.versions().stream().filter(each -> !each.equals(version)).toList());
        });
    return DeletePolicyVersionResponse.builder().build();
  }

  public SetDefaultPolicyVersionResponse setDefault(
      SetDefaultPolicyVersionRequest request, Call call) {
    Asked asked = Asked.of(call, "iam:SetDefaultPolicyVersion", request.policyArn());
    policies.change(
        asked,
        missing(asked.arn(), request.versionId()),
        policy -> policy.withDefault(find(policy, request.versionId()).number()));
    return SetDefaultPolicyVersionResponse.builder().build();
  }

  private static Version find(ManagedPolicy policy, String id) {
    return policy.version(id).orElseThrow(() -> missing(policy.arn(), id));
  }

  private static Refusal missing(Arn policy, String version) {
    return new Refusal(
        new NoSuchEntity(
            "Policy %s version %s does not exist or is not attachable."
                .formatted(policy, version)));
  }
}
