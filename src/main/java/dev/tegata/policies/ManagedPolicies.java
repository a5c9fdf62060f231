package dev.tegata.policies;

import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import dev.tegata.authorization.Call;
import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.IamError.DeleteConflict;
import dev.tegata.aws.IamError.EntityAlreadyExists;
import dev.tegata.aws.IamError.LimitExceeded;
import dev.tegata.aws.QueryOperation;
import dev.tegata.aws.Refusal;
import dev.tegata.entity.ContextKeys;
import dev.tegata.entity.Documents;
import dev.tegata.entity.Page;
import dev.tegata.entity.Page.Wanted;
import dev.tegata.entity.Quota;
import dev.tegata.entity.TagRules;
import dev.tegata.policies.PolicyAccess.Asked;
import dev.tegata.policy.AwsManagedPolicies;
import dev.tegata.policy.Policy;
import dev.tegata.store.Change;
import dev.tegata.store.EntityName;
import dev.tegata.store.Identities;
import dev.tegata.store.IdentityStore;
import dev.tegata.store.ManagedPolicy;
import dev.tegata.store.ManagedPolicy.Version;
import dev.tegata.store.PolicyUse;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import software.amazon.awssdk.services.iam.model.CreatePolicyRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyResponse;
import software.amazon.awssdk.services.iam.model.DeletePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeletePolicyResponse;
import software.amazon.awssdk.services.iam.model.GetPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyResponse;
import software.amazon.awssdk.services.iam.model.ListPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListPoliciesResponse;
import software.amazon.awssdk.services.iam.model.PolicyScopeType;
import software.amazon.awssdk.services.iam.model.PolicyUsageType;
import software.amazon.awssdk.services.iam.model.Tag;

/// Policies that stand by themselves.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html>
public final class ManagedPolicies {
  private static final int MAX_POLICIES = Quota.of("Policies");
  private static final int MAX_SIZE = Quota.of("PolicySize");

  private final IdentityStore store;
  private final PolicyAccess policies;
  private final RandomGenerator random;

  public ManagedPolicies(IdentityStore store, RandomGenerator random) {
    this.store = store;
    this.policies = new PolicyAccess(store);
    this.random = random;
  }

  public List<QueryOperation<Call, ?, ?>> operations() {
    return List.of(
        QueryOperation.of("CreatePolicy", CreatePolicyRequest::builder, this::create),
        QueryOperation.of("GetPolicy", GetPolicyRequest::builder, this::get),
        QueryOperation.of("ListPolicies", ListPoliciesRequest::builder, this::list),
        QueryOperation.of("DeletePolicy", DeletePolicyRequest::builder, this::delete));
  }

  public CreatePolicyResponse create(CreatePolicyRequest request, Call call) {
    EntityName name =
        new EntityName(
            call.account(), Objects.requireNonNullElse(request.path(), "/"), request.policyName());
    SequencedMap<String, String> tags = TagRules.POLICY.read(request.tags());
    ContextKeys context = new ContextKeys().requestTags(tags);
    call.require(new Access("iam:CreatePolicy", name.arn("policy"), context.toMap()));
    if (!tags.isEmpty()) {
      call.require(new Access("iam:TagPolicy", name.arn("policy"), context.toMap()));
    }
    ManagedPolicy policy =
        new ManagedPolicy(
            UniqueId.create(UniqueId.Kind.ANPA, call.account(), random),
            name,
            call.time(),
            Objects.requireNonNullElse(request.description(), ""),
            tags,
            List.of(new Version(1, text(request.policyDocument()), call.time())),
            1,
            1);
    store.change(change -> add(change, policy));
    return CreatePolicyResponse.builder()
        .policy(new PolicyAnswer(store.now(), call.account()).created(policy))
        .build();
  }

  private static ManagedPolicy add(Change change, ManagedPolicy policy) {
    if (change.now().policy(policy.account(), policy.entity().name()).isPresent()) {
      throw new Refusal(
          new EntityAlreadyExists(
              "A policy called %s already exists. Duplicate names are not allowed."
                  .formatted(policy.entity().name())));
    }
    if (change.now().policyCount(policy.account()) >= MAX_POLICIES) {
      throw new Refusal(
          new LimitExceeded("Cannot exceed quota for PoliciesPerAccount: " + MAX_POLICIES));
    }
    change.put(policy);
    return policy;
  }

  /// Reads the text of a managed policy.
  static Policy text(String document) {
    Policy policy = Documents.readManaged(document);
    if (policy.size() > MAX_SIZE) {
      throw new Refusal(new LimitExceeded("Cannot exceed quota for PolicySize: " + MAX_SIZE));
    }
    return policy;
  }

  public GetPolicyResponse get(GetPolicyRequest request, Call call) {
    Asked asked = Asked.of(call, "iam:GetPolicy", request.policyArn());
    policies.require(asked);
    Identities now = store.now();
    PolicyAnswer answer = new PolicyAnswer(now, call.account());
    return GetPolicyResponse.builder()
        .policy(
            now.awsPolicy(asked.arn())
                .map(_ -> AwsManagedPolicies.described(asked.arn()))
                .map(policy ->
                    answer
                        .aws(policy)
                        .description(policy.description().orElse(null))
                        .tags(List.<Tag>of())
                        .build())
                .orElseGet(() -> answer.whole(PolicyAccess.find(now, asked))))
        .build();
  }

  /// Lists what the account manages, and AWS's policies: those that are known here, and those whose
  /// texts came with the account.
  public ListPoliciesResponse list(ListPoliciesRequest request, Call call) {
    String prefix = Objects.requireNonNullElse(request.pathPrefix(), "/");
    call.require(new Access("iam:ListPolicies", Arn.iam(call.account(), "policy" + prefix)));
    Identities now = store.now();
    List<PolicyUse> uses = now.uses(call.account());
    PolicyAnswer answer = PolicyAnswer.forMany(uses);
    Stream<software.amazon.awssdk.services.iam.model.Policy> own =
        request.scope() == PolicyScopeType.AWS
            ? Stream.empty()
            : now.policies(call.account()).stream().map(answer::listed);
    Stream<software.amazon.awssdk.services.iam.model.Policy> aws =
        request.scope() == PolicyScopeType.LOCAL
            ? Stream.empty()
            : Stream.concat(
                    AwsManagedPolicies.all().stream().map(AwsManagedPolicies.Listed::arn),
                    uses.stream().map(PolicyUse::policy))
                .distinct()
                .filter(arn ->
                    AwsManagedPolicies.about(arn).isPresent() || now.awsPolicy(arn).isPresent())
                .map(AwsManagedPolicies::described)
                .map(policy -> answer.aws(policy).build());
    Page<software.amazon.awssdk.services.iam.model.Policy> page =
        Page.of(
            Stream.concat(own, aws)
                .filter(policy -> policy.path().startsWith(prefix) && isWanted(policy, request))
                .toList(),
            ManagedPolicies::key,
            new Wanted(request.marker(), request.maxItems()));
    return ListPoliciesResponse.builder()
        .policies(page.items())
        .isTruncated(page.isTruncated())
        .marker(page.marker())
        .build();
  }

  /// The account's own come first: of AWS's there are many, and one may be called like one of them.
  private static String key(software.amazon.awssdk.services.iam.model.Policy policy) {
    String owner = Arn.parse(policy.arn()).account().equals("aws") ? "aws" : "account";
    return owner + " " + policy.policyName().toLowerCase(Locale.ROOT);
  }

  private static boolean isWanted(
      software.amazon.awssdk.services.iam.model.Policy policy, ListPoliciesRequest request) {
    boolean permits = policy.attachmentCount() > 0;
    boolean bounds = policy.permissionsBoundaryUsageCount() > 0;
    if (Boolean.TRUE.equals(request.onlyAttached()) && !permits && !bounds) {
      return false;
    }
    return request.policyUsageFilter() == null
        || (request.policyUsageFilter() == PolicyUsageType.PERMISSIONS_BOUNDARY ? bounds : permits);
  }

  public DeletePolicyResponse delete(DeletePolicyRequest request, Call call) {
    Asked asked = Asked.of(call, "iam:DeletePolicy", request.policyArn());
    policies.require(asked);
    return store.change(change -> {
      ManagedPolicy policy = PolicyAccess.find(change.now(), asked);
      if (change.now().use(call.account(), policy.arn()).isUsed()) {
        throw new Refusal(new DeleteConflict("Cannot delete a policy attached to entities."));
      }
      if (policy.versions().size() > 1) {
        throw new Refusal(
            new DeleteConflict(
                "This policy has more than one version. Before you delete a policy, you must"
                    + " delete the policy's versions. The default version is deleted with the"
                    + " policy."));
      }
      change.delete(policy);
      return DeletePolicyResponse.builder().build();
    });
  }
}
