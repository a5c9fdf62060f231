package dev.tegata.workflow;

import dev.tegata.expression.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// An event that starts the workflow, and the inputs that one by hand or by a caller brings.
///
/// Source:
/// <https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows>
public record Trigger(String event, SequencedMap<String, Input> inputs) {
  public Trigger {
    inputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(inputs));
  }

  /// An input; `preset` is its value when none is given, and `options` all that can be chosen.
  public record Input(InputType type, boolean required, Value preset, List<String> options) {
    public Input {
      options = List.copyOf(options);
    }
  }

  /// What an input's text stands for.
  public enum InputType {
    STRING,
    NUMBER,
    BOOLEAN,
    CHOICE,
    ENVIRONMENT
  }
}
