package dev.tegata.provisioning;

import dev.tegata.authorization.Call;
import dev.tegata.cloudformation.Created;
import dev.tegata.cloudformation.Properties;
import dev.tegata.cloudformation.ResourceRequest;
import dev.tegata.cloudformation.ResourceType;
import dev.tegata.iam.Iam;
import java.util.Map;
import java.util.Set;

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
    String role = properties.requireString("RoleName");
    return new Created(PolicyDocuments.put(properties, role, iam, call), Map.of());
  }
}
