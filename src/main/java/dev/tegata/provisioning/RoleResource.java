package dev.tegata.provisioning;

import dev.tegata.authorization.Call;
import dev.tegata.aws.IamError.EntityAlreadyExists;
import dev.tegata.aws.Refusal;
import dev.tegata.cloudformation.Created;
import dev.tegata.cloudformation.Properties;
import dev.tegata.cloudformation.ResourceRequest;
import dev.tegata.cloudformation.ResourceType;
import dev.tegata.iam.Iam;
import dev.tegata.policy.PolicyKind;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.PutRolePermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.TagRoleRequest;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.UpdateRoleRequest;

/// `AWS::IAM::Role`: a role with its trust policy and its permissions.
///
/// Source:
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html>
record RoleResource(Iam iam, Call call) implements ResourceType {
  private static final int MAX_NAME = 64;
  private static final String TRUST = "AssumeRolePolicyDocument";
  private static final String BOUNDARY = "PermissionsBoundary";

  @Override
  public String name() {
    return "AWS::IAM::Role";
  }

  @Override
  public Set<String> properties() {
    return Set.of(
        TRUST,
        "Description",
        "ManagedPolicyArns",
        "MaxSessionDuration",
        "Path",
        BOUNDARY,
        "Policies",
        "RoleName",
        "Tags");
  }

  @Override
  public Set<String> attributes() {
    return Set.of("Arn", "RoleId");
  }

  @Override
  public Created create(ResourceRequest request) {
    Properties properties = request.properties();
    String name = properties.string("RoleName").orElseGet(() -> request.generatedName(MAX_NAME));
    try {
      create(name, properties);
    } catch (Refusal refusal) {
      if (!(refusal.error() instanceof EntityAlreadyExists)) {
        throw refusal;
      }
      update(name, properties);
    }
    for (Properties policy : properties.mappings("Policies")) {
      policy.requireOnly(Set.of("PolicyName", "PolicyDocument"));
      PolicyDocuments.put(policy, name, iam, call);
    }
    for (String arn : properties.strings("ManagedPolicyArns")) {
      iam.attachedPolicies()
          .attach(AttachRolePolicyRequest.builder().roleName(name).policyArn(arn).build(), call);
    }
    Role role = iam.roles().get(GetRoleRequest.builder().roleName(name).build(), call).role();
    return new Created(name, Map.of("Arn", role.arn(), "RoleId", role.roleId()));
  }

  private void create(String name, Properties properties) {
    CreateRoleRequest.Builder role =
        CreateRoleRequest.builder()
            .roleName(name)
            .assumeRolePolicyDocument(
                PolicyDocuments.read(properties, TRUST, PolicyKind.TRUST).toJson())
            .tags(Tags.of(properties));
    properties.string("Path").ifPresent(role::path);
    properties.string("Description").ifPresent(role::description);
    properties.string(BOUNDARY).ifPresent(role::permissionsBoundary);
    properties.integer("MaxSessionDuration").ifPresent(role::maxSessionDuration);
    iam.roles().create(role.build(), call);
  }

  private void update(String name, Properties properties) {
    iam.roles()
        .updateTrust(
            UpdateAssumeRolePolicyRequest.builder()
                .roleName(name)
                .policyDocument(PolicyDocuments.read(properties, TRUST, PolicyKind.TRUST).toJson())
                .build(),
            call);
    UpdateRoleRequest.Builder role = UpdateRoleRequest.builder().roleName(name);
    properties.string("Description").ifPresent(role::description);
    properties.integer("MaxSessionDuration").ifPresent(role::maxSessionDuration);
    iam.roles().update(role.build(), call);
    if (properties.has("Tags")) {
      iam.roleTags()
          .tag(TagRoleRequest.builder().roleName(name).tags(Tags.of(properties)).build(), call);
    }
    properties
        .string(BOUNDARY)
        .ifPresent(arn ->
            iam.attachedPolicies()
                .putBoundary(
                    PutRolePermissionsBoundaryRequest.builder()
                        .roleName(name)
                        .permissionsBoundary(arn)
                        .build(),
                    call));
  }
}
