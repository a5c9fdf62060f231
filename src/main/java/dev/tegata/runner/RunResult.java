package dev.tegata.runner;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How a run came out, job by job; every row of a matrix is one.
public record RunResult(List<JobResult> jobs) {
  public RunResult {
    jobs = List.copyOf(jobs);
  }

  /// Whether no job failed and none was cancelled, but for those whose failure does not count.
  public boolean succeeded() {
    return jobs.stream()
        .map(JobResult::conclusion)
        .allMatch(each -> each == Conclusion.SUCCESS || each == Conclusion.SKIPPED);
  }

  /// `outcome` is how the job went, and `conclusion` what that counts for when its failure may be
  /// overlooked.
  public record JobResult(
      String id,
      String name,
      Conclusion outcome,
      Conclusion conclusion,
      Duration duration,
      Map<String, String> outputs,
      List<StepResult> steps) {
    public JobResult {
      outputs = Map.copyOf(outputs);
      steps = List.copyOf(steps);
    }
  }

  /// `outcome` is before `continue-on-error`, `conclusion` after it. `summary` is the Markdown that
  /// the step wrote, secrets hidden.
  public record StepResult(
      String name,
      Conclusion outcome,
      Conclusion conclusion,
      Duration duration,
      Optional<Integer> exitCode,
      String summary) {}
}
