package dev.tegata.provisioning;

import dev.tegata.authorization.Call;
import dev.tegata.cloudformation.Created;
import dev.tegata.cloudformation.Properties;
import dev.tegata.cloudformation.ResourceRequest;
import dev.tegata.cloudformation.ResourceType;
import dev.tegata.iam.Iam;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.iam.model.PutRolePolicyRequest;

/// `AWS::IAM::RolePolicy`: an inline policy of one role.
///
/// Source:
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-rolepolicy.html>
record RolePolicyResource(Iam iam, Call call) implements ResourceType {

  @Override
  public String name() {
    return "AWS::IAM::RolePolicy";
  }

  @Override
  public Set<String> properties() {
    return Set.of("PolicyName", "PolicyDocument", "RoleName");
  }

  @Override
  public Set<String> attributes() {
    return Set.of();
  }

  @Override
  public Created create(ResourceRequest request) {
    Properties properties = request.properties();
    String name = properties.requireString("PolicyName");
    iam.inlinePolicies()
        .put(
            PutRolePolicyRequest.builder()
                .roleName(properties.requireString("RoleName"))
                .policyName(name)
                .policyDocument(properties.requireDocument("PolicyDocument").toString())
                .build(),
            call);
    return new Created(name, Map.of());
  }
}
