package dev.tegata.github;

import dev.tegata.github.WorkflowRun.WorkflowFile;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A job of a run: what only its own tokens say.
///
/// `file` holds the job: the called workflow of a reusable one, else the run's own.
///
/// Source: <https://docs.github.com/en/actions/reference/security/oidc>
public record Job(
    WorkflowRun run,
    WorkflowFile file,
    @Nullable Environment environment,
    RunnerEnvironment runnerEnvironment,
    long checkRunId) {

  /// The same job, whose tokens tell of no other custom properties than those in `told`.
  public Job telling(Set<String> told) {
    WorkflowRun telling =
        new WorkflowRun(
            run.repository().telling(told),
            run.revision(),
            run.event(),
            run.actor(),
            run.workflow(),
            run.attempt());
    return new Job(telling, file, environment, runnerEnvironment, checkRunId);
  }

  /// The environment that a job names; who does not use GitHub has no node id for it.
  public record Environment(String name, @Nullable String nodeId) {}

  /// Whose machine the job runs on.
  public enum RunnerEnvironment {
    GITHUB_HOSTED,
    SELF_HOSTED
  }
}
