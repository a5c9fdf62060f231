package dev.tegata.provisioning;

import dev.tegata.authorization.Call;
import dev.tegata.aws.IamError.EntityAlreadyExists;
import dev.tegata.aws.Refusal;
import dev.tegata.cloudformation.Created;
import dev.tegata.cloudformation.Properties;
import dev.tegata.cloudformation.ResourceRequest;
import dev.tegata.cloudformation.ResourceType;
import dev.tegata.iam.Iam;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.DeletePolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.ListPolicyVersionsRequest;
import software.amazon.awssdk.services.iam.model.PolicyVersion;

/// `AWS::IAM::ManagedPolicy`: a policy that stands by itself, and the roles that it is attached to.
///
/// Source:
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-managedpolicy.html>
record ManagedPolicyResource(Iam iam, Call call) implements ResourceType {
  private static final int MAX_NAME = 128;
  private static final String DOCUMENT = "PolicyDocument";

  @Override
  public String name() {
    return "AWS::IAM::ManagedPolicy";
  }

  @Override
  public Set<String> properties() {
    return Set.of("Description", "ManagedPolicyName", "Path", DOCUMENT, "Roles", "Tags");
  }

  @Override
  public Set<String> attributes() {
    return Set.of("PolicyArn");
  }

  @Override
  public Created create(ResourceRequest request) {
    Properties properties = request.properties();
    String name =
        properties.string("ManagedPolicyName").orElseGet(() -> request.generatedName(MAX_NAME));
    String arn;
    try {
      arn = create(name, properties);
    } catch (Refusal refusal) {
      if (!(refusal.error() instanceof EntityAlreadyExists)) {
        throw refusal;
      }
      arn =
          "arn:aws:iam::%s:policy%s%s"
              .formatted(call.account(), properties.string("Path").orElse("/"), name);
      update(arn, PolicyDocuments.readManaged(properties, DOCUMENT).toJson());
    }
    for (String role : properties.strings("Roles")) {
      iam.attachedPolicies()
          .attach(AttachRolePolicyRequest.builder().roleName(role).policyArn(arn).build(), call);
    }
    return new Created(arn, Map.of("PolicyArn", arn));
  }

  private String create(String name, Properties properties) {
    CreatePolicyRequest.Builder policy =
        CreatePolicyRequest.builder()
            .policyName(name)
            .policyDocument(PolicyDocuments.readManaged(properties, DOCUMENT).toJson())
            .tags(Tags.of(properties));
    properties.string("Path").ifPresent(policy::path);
    properties.string("Description").ifPresent(policy::description);
    return iam.managedPolicies().create(policy.build(), call).policy().arn();
  }

  /// Puts a new version in force, in place of all that were.
  private void update(String arn, String document) {
    List<PolicyVersion> versions =
        iam.policyVersions()
            .list(ListPolicyVersionsRequest.builder().policyArn(arn).build(), call)
            .versions();
    for (PolicyVersion version : versions) {
      if (!version.isDefaultVersion()) {
        iam.policyVersions()
            .delete(
                DeletePolicyVersionRequest.builder()
                    .policyArn(arn)
                    .versionId(version.versionId())
                    .build(),
                call);
      }
    }
    iam.policyVersions()
        .create(
            CreatePolicyVersionRequest.builder()
                .policyArn(arn)
                .policyDocument(document)
                .setAsDefault(true)
                .build(),
            call);
  }
}
