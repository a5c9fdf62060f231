package dev.tegata.cloudformation;

import java.util.Set;

/// A type of resource that can be created, such as `AWS::IAM::Role`.
public interface ResourceType {
  /// The name under `Type`.
  String name();

  /// The properties that it knows; a template that sets another is refused.
  Set<String> properties();

  /// What `Fn::GetAtt` can ask for. A resource that is created has all of them.
  Set<String> attributes();

  /// Creates one.
  ///
  /// @throws dev.tegata.aws.Refusal when the service behind it refuses
  /// @throws dev.tegata.yaml.YamlException when a property is missing or of the wrong type
  Created create(ResourceRequest request);
}
