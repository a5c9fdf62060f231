package dev.tegata.cloudformation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// What a template came to: its resources in the order of their creation, and its outputs.
public record StackOutput(List<CreatedResource> resources, SequencedMap<String, String> outputs) {
  public StackOutput {
    resources = List.copyOf(resources);
    outputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(outputs));
  }

  public record CreatedResource(String logicalId, String type, Created created) {}
}
