package dev.tegata.workflow;

import dev.tegata.expression.Template;
import dev.tegata.expression.Value.Fields;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A workflow: what starts it, and its jobs in the order of the file.
///
/// INVARIANT: job ids differ by more than case, and what a job needs is there and does not, by any
/// way, need that job.
public record Workflow(
    @Nullable String title,
    List<Trigger> triggers,
    SequencedMap<String, Template> env,
    List<Job> jobs) {
  public Workflow {
    triggers = List.copyOf(triggers);
    env = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(env));
    jobs = List.copyOf(jobs);
  }

  /// The workflow's `name`.
  public Optional<String> name() {
    return Optional.ofNullable(title);
  }

  /// What the workflow says of `event`, if that starts it.
  public Optional<Trigger> trigger(String event) {
    return triggers.stream().filter(trigger -> trigger.event().equals(event)).findFirst();
  }

  /// The `inputs` context of a run that `event` started and that was given `texts`.
  ///
  /// @throws IllegalArgumentException when an input is missing or unknown, or not of its type
  public Fields inputs(String event, Map<String, String> texts) {
    return trigger(event).orElseGet(() -> new Trigger(event, new LinkedHashMap<>())).values(texts);
  }

  /// The job with that id, in whatever case.
  public Optional<Job> job(String id) {
    return jobs.stream().filter(job -> job.id().equalsIgnoreCase(id)).findFirst();
  }
}
