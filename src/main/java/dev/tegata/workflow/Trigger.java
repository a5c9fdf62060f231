package dev.tegata.workflow;

import dev.tegata.expression.Nearest;
import dev.tegata.expression.Value;
import dev.tegata.expression.Value.Fields;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/// An event that starts the workflow, and the inputs that one by hand or by a caller brings.
///
/// Source:
/// <https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows>
public record Trigger(String event, SequencedMap<String, Input> inputs) {
  public Trigger {
    inputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(inputs));
  }

  /// The `inputs` context of a run that was given `texts`.
  ///
  /// @throws IllegalArgumentException when one is missing or unknown, or not of its type
  Fields values(Map<String, String> texts) {
    for (String name : texts.keySet()) {
      if (!inputs.containsKey(name)) {
        throw new IllegalArgumentException(
            "the workflow has no input `%s`: %s"
                .formatted(name, Nearest.offer(name, inputs.keySet())));
      }
    }
    SequencedMap<String, Value> values = new LinkedHashMap<>();
    inputs.forEach((name, input) -> {
      String text = texts.get(name);
      if (text == null && input.required() && input.preset().text().isEmpty()) {
        throw new IllegalArgumentException("the workflow needs the input `" + name + "`");
      }
      values.put(name, text == null ? input.preset() : input.value(name, text));
    });
    return Fields.of(values);
  }

  /// An input; `preset` is its value when none is given, and `options` all that can be chosen.
  public record Input(InputType type, boolean required, Value preset, List<String> options) {
    public Input {
      options = List.copyOf(options);
    }

    private Value value(String name, String text) {
      boolean fits =
          switch (type) {
            case BOOLEAN -> text.equals("true") || text.equals("false");
            case NUMBER -> !Double.isNaN(Value.Num.parse(text).value());
            case CHOICE -> options.contains(text);
            case STRING, ENVIRONMENT -> true;
          };
      if (!fits) {
        throw new IllegalArgumentException(
            "the input `%s` is %s, not `%s`"
                .formatted(
                    name,
                    type == InputType.CHOICE
                        ? "one of " + String.join(", ", options)
                        : "a " + type.name().toLowerCase(Locale.ROOT),
                    text));
      }
      return switch (type) {
        case BOOLEAN -> new Value.Bool(text.equals("true"));
        case NUMBER -> Value.Num.parse(text);
        case STRING, CHOICE, ENVIRONMENT -> new Value.Text(text);
      };
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
