package dev.tegata.workflow;

import dev.tegata.expression.Condition;
import dev.tegata.expression.Template;
import dev.tegata.expression.TemplateTree;
import dev.tegata.yaml.Node.Place;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A job, or as many of the same kind as its matrix has rows.
///
/// `permissions` are those that hold for it: its own, or else the workflow's. `defaults` likewise.
public record Job(
    Place place,
    String id,
    @Nullable Template name,
    TemplateTree runsOn,
    List<String> needs,
    Condition condition,
    Permissions permissions,
    @Nullable Environment environment,
    Strategy strategy,
    SequencedMap<String, Template> env,
    RunDefaults defaults,
    Limits limits,
    List<Step> steps,
    SequencedMap<String, Template> outputs) {
  public Job {
    needs = List.copyOf(needs);
    env = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(env));
    steps = List.copyOf(steps);
    outputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(outputs));
  }

  /// The deployment environment that the job names. It is part of the subject of its ID tokens.
  public record Environment(Template name, @Nullable Template url) {}

  /// The rows of the job, if it has a matrix, and whether the first failure ends the others.
  public record Strategy(
      @Nullable TemplateTree matrix, Template failFast, @Nullable Template maxParallel) {}

  /// How `run` steps are run that do not say it themselves.
  public record RunDefaults(@Nullable Template shell, @Nullable Template workingDirectory) {

    /// These, and `other` for what they leave open.
    public RunDefaults or(RunDefaults other) {
      return new RunDefaults(
          shell == null ? other.shell : shell,
          workingDirectory == null ? other.workingDirectory : workingDirectory);
    }
  }

  /// How long a job or a step may take, and whether its failure counts.
  public record Limits(@Nullable Template timeoutMinutes, @Nullable Template continueOnError) {}
}
