package dev.tegata.workflow;

import dev.tegata.expression.Condition;
import dev.tegata.expression.Template;
import dev.tegata.workflow.Job.Limits;
import dev.tegata.yaml.Node.Place;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A step of a job.
public sealed interface Step {
  Frame frame();

  /// What every step has. `name` is what the log calls it, when the file says so.
  record Frame(
      Place place,
      @Nullable String label,
      @Nullable Template name,
      Condition condition,
      SequencedMap<String, Template> env,
      Limits limits) {
    public Frame {
      env = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(env));
    }

    /// The step's `id`, under which others find its outputs.
    public Optional<String> id() {
      return Optional.ofNullable(label);
    }
  }

  /// A script, and how it is run where the job's defaults are not to hold.
  record Run(
      Frame frame, Template script, @Nullable Template shell, @Nullable Template workingDirectory)
      implements Step {}

  /// The action that fetches the source, here a copy of the working tree. `path` is where in the
  /// workspace it goes, and `action` how the file calls it.
  record Checkout(Frame frame, String action, @Nullable Template path) implements Step {}
}
