package dev.tegata.provisioning;

import dev.tegata.authorization.Call;
import dev.tegata.cloudformation.Created;
import dev.tegata.cloudformation.Properties;
import dev.tegata.cloudformation.ResourceRequest;
import dev.tegata.cloudformation.ResourceType;
import dev.tegata.iam.Iam;
import java.util.Map;
import java.util.Set;

/// `AWS::IAM::Policy`: the same inline policy in each of its roles.
///
/// There are no users and groups here that it could be put into.
///
/// Source:
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-policy.html>
record PolicyResource(Iam iam, Call call) implements ResourceType {

  @Override
  public String name() {
    return "AWS::IAM::Policy";
  }

  @Override
  public Set<String> properties() {
    return Set.of("PolicyName", "PolicyDocument", "Roles");
  }

  @Override
  public Set<String> attributes() {
    return Set.of();
  }

  @Override
  public Created create(ResourceRequest request) {
    Properties properties = request.properties();
    for (String role : properties.strings("Roles")) {
      PolicyDocuments.put(properties, role, iam, call);
    }
    return new Created(properties.requireString("PolicyName"), Map.of());
  }
}
