package dev.tegata.cloudformation;

import java.util.Map;

/// What a resource answers once it exists: to `Ref`, and to `Fn::GetAtt`.
public record Created(String ref, Map<String, String> attributes) {
  public Created {
    attributes = Map.copyOf(attributes);
  }
}
