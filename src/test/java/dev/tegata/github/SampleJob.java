package dev.tegata.github;

import dev.tegata.github.Job.Environment;
import dev.tegata.github.Job.RunnerEnvironment;
import dev.tegata.github.WorkflowRun.Actor;
import dev.tegata.github.WorkflowRun.Attempt;
import dev.tegata.github.WorkflowRun.Enterprise;
import dev.tegata.github.WorkflowRun.Event;
import dev.tegata.github.WorkflowRun.Owner;
import dev.tegata.github.WorkflowRun.RefType;
import dev.tegata.github.WorkflowRun.Repository;
import dev.tegata.github.WorkflowRun.Revision;
import dev.tegata.github.WorkflowRun.Visibility;
import dev.tegata.github.WorkflowRun.Workflow;
import dev.tegata.github.WorkflowRun.WorkflowFile;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A job of `octo-org/octo-repo`, to be varied.
public final class SampleJob {
  static final Repository REPOSITORY = repository(null, new LinkedHashMap<>());

  private SampleJob() {}

  /// The job of a push to the main branch.
  public static Job onMain() {
    return of(REPOSITORY, new Event("push", "", ""), "refs/heads/main", null);
  }

  static Repository repository(
      @Nullable Enterprise enterprise, SequencedMap<String, String> properties) {
    return new Repository(
        new Owner("octo-org", 123_456, enterprise),
        "octo-repo",
        456_789,
        Visibility.PRIVATE,
        properties);
  }

  static Job of(Repository repository, Event event, String ref, @Nullable Environment environment) {
    WorkflowFile file =
        new WorkflowFile(
            "octo-org/octo-repo/.github/workflows/deploy.yml@refs/heads/main", "a1".repeat(20));
    Revision revision =
        new Revision(
            ref,
            ref.startsWith("refs/tags/") ? RefType.TAG : RefType.BRANCH,
            true,
            "b2".repeat(20));
    WorkflowRun run =
        new WorkflowRun(
            repository,
            revision,
            event,
            new Actor("octocat", 583_231),
            new Workflow("Deploy", file),
            new Attempt(10_988_497_055L, 19, 1));
    return new Job(run, file, environment, RunnerEnvironment.GITHUB_HOSTED, 30_507_000_000L);
  }
}
