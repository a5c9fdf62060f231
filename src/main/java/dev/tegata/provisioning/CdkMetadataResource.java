package dev.tegata.provisioning;

import dev.tegata.cloudformation.Created;
import dev.tegata.cloudformation.ResourceRequest;
import dev.tegata.cloudformation.ResourceType;
import java.util.Map;
import java.util.Set;

/// `AWS::CDK::Metadata`: what the CDK writes into each of its templates, and means nothing here.
///
/// Source: <https://docs.aws.amazon.com/cdk/v2/guide/usage-data.html>
record CdkMetadataResource() implements ResourceType {

  @Override
  public String name() {
    return "AWS::CDK::Metadata";
  }

  @Override
  public Set<String> properties() {
    return Set.of("Analytics");
  }

  @Override
  public Set<String> attributes() {
    return Set.of();
  }

  @Override
  public Created create(ResourceRequest request) {
    return new Created(request.logicalId(), Map.of());
  }
}
