package dev.tegata.runner;

import dev.tegata.expression.ExpressionException;
import dev.tegata.expression.Value;
import dev.tegata.expression.Value.Bool;
import dev.tegata.expression.Value.Fields;
import dev.tegata.expression.Value.Num;
import dev.tegata.expression.Value.Text;
import dev.tegata.runner.Contexts.Progress;
import dev.tegata.runner.Log.Level;
import dev.tegata.runner.RunResult.JobResult;
import dev.tegata.runner.Runner.Session;
import dev.tegata.workflow.Job;
import dev.tegata.workflow.Matrix;
import dev.tegata.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// The jobs of a run: which is next, and what one learns of those that it needs.
final class JobGraph {
  private final Session session;
  private final Workflow workflow;
  private final GithubContext github;
  private final Contexts contexts;
  private final Map<String, Done> done = new HashMap<>();
  private final List<JobResult> results = new ArrayList<>();

  JobGraph(Session session, Workflow workflow) {
    RunSettings settings = session.settings();
    this.session = session;
    this.workflow = workflow;
    this.github = GithubContext.of(settings, workflow);
    Map<String, Value> values =
        Map.of(
            "github", github.context(),
            "secrets", Fields.ofTexts(settings.values().secrets()),
            "vars", Fields.ofTexts(settings.values().vars()),
            "inputs", workflow.inputs(settings.event().name(), settings.values().inputs()));
    this.contexts = new Contexts(values, new After(List.of()), new FileHash(settings.source()));
  }

  /// A job that is over, with all its rows.
  private record Done(Conclusion conclusion, Map<String, String> outputs) {}

  RunResult run() {
    List<Job> waiting = new ArrayList<>(workflow.jobs());
    while (!waiting.isEmpty()) {
      Job next = waiting.stream().filter(this::isReady).findFirst().orElseThrow();
      waiting.remove(next);
      done.put(key(next.id()), run(next));
    }
    return new RunResult(results);
  }

  private boolean isReady(Job job) {
    return job.needs().stream().map(JobGraph::key).allMatch(done::containsKey);
  }

  private Done run(Job job) {
    Contexts here = contexts.with(Map.of("needs", needs(job))).with(new After(job.needs()));
    try {
      if (session.cancellation().isFinal() || !job.condition().holds(here)) {
        return skipped(job);
      }
      return run(job, here, rows(job, here), failFast(job, here));
    } catch (ExpressionException e) {
      session.log().jobBegins(job.id(), Optional.empty());
      session.log().job(Level.ERROR, String.valueOf(e.getMessage()));
      session.log().jobEnds(job.id(), Conclusion.FAILURE, Duration.ZERO);
      return add(unrun(job.id(), job.id(), Conclusion.FAILURE));
    }
  }

  private Done skipped(Job job) {
    String name = job.name() != null && job.name().isPlain() ? job.name().source() : job.id();
    session.log().jobSkipped(name);
    return add(unrun(job.id(), name, Conclusion.SKIPPED));
  }

  private static JobResult unrun(String id, String name, Conclusion conclusion) {
    return new JobResult(id, name, conclusion, conclusion, Duration.ZERO, Map.of(), List.of());
  }

  private Done add(JobResult result) {
    results.add(result);
    return new Done(result.conclusion(), result.outputs());
  }

  private static List<Fields> rows(Job job, Contexts contexts) {
    return job.strategy().matrix() == null
        ? List.of(Fields.NONE)
        : Matrix.expand(job.strategy().matrix().value(contexts));
  }

  private static boolean failFast(Job job, Contexts contexts) {
    return job.strategy().failFast().value(contexts).isTruthy();
  }

  private Done run(Job job, Contexts here, List<Fields> rows, boolean failFast) {
    List<Conclusion> conclusions = new ArrayList<>();
    Map<String, String> outputs = new LinkedHashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      SequencedMap<String, Value> strategy = new LinkedHashMap<>();
      strategy.put("fail-fast", new Bool(failFast));
      strategy.put("job-index", new Num(i));
      strategy.put("job-total", new Num(rows.size()));
      strategy.put(
          "max-parallel",
          job.strategy().maxParallel() == null
              ? new Num(rows.size())
              : job.strategy().maxParallel().value(here));
      Map<String, Value> row = Map.of("strategy", Fields.of(strategy), "matrix", rows.get(i));
      JobRun run = new JobRun(session, github, here.with(row), job);
      boolean stopped =
          (failFast && conclusions.contains(Conclusion.FAILURE))
              || session.cancellation().isFinal();
      Done one = add(stopped ? cancelled(run, job) : run.run(workflow.env()));
      conclusions.add(one.conclusion());
      one.outputs().forEach((name, value) -> outputs.merge(name, value, JobGraph::latest));
    }
    return new Done(Conclusion.ofAll(conclusions), outputs);
  }

  private JobResult cancelled(JobRun run, Job job) {
    session.log().jobEnds(run.name(), Conclusion.CANCELLED, Duration.ZERO);
    return unrun(job.id(), run.name(), Conclusion.CANCELLED);
  }

  /// The rows of a matrix share their outputs: the last row that gives one a value decides.
  private static String latest(String before, String after) {
    return after.isEmpty() ? before : after;
  }

  private Value needs(Job job) {
    SequencedMap<String, Value> needs = new LinkedHashMap<>();
    for (String need : job.needs()) {
      Done result = done.getOrDefault(key(need), new Done(Conclusion.SKIPPED, Map.of()));
      needs.put(
          need,
          Fields.of(
              Map.of(
                  "result",
                  new Text(result.conclusion().word()),
                  "outputs",
                  Fields.ofTexts(result.outputs()))));
    }
    return Fields.of(needs);
  }

  private static String key(String id) {
    return id.toLowerCase(Locale.ROOT);
  }

  /// How it went up to a job: the jobs that it needs, and those that they need in turn.
  private final class After implements Progress {
    private final List<String> needs;

    After(List<String> needs) {
      this.needs = needs;
    }

    @Override
    public Conclusion before(List<String> jobs) {
      Set<Conclusion> all = new LinkedHashSet<>();
      Set<String> ids = new LinkedHashSet<>(jobs.isEmpty() ? needs : jobs);
      List<String> open = new ArrayList<>(ids);
      while (!open.isEmpty()) {
        String id = open.removeLast();
        all.add(done.getOrDefault(key(id), new Done(Conclusion.SKIPPED, Map.of())).conclusion());
        if (jobs.isEmpty()) {
          workflow.job(id).map(Job::needs).orElse(List.of()).stream()
              .filter(ids::add)
              .forEach(open::add);
        }
      }
      if (all.contains(Conclusion.FAILURE)) {
        return Conclusion.FAILURE;
      }
      if (isCancelled() || all.contains(Conclusion.CANCELLED)) {
        return Conclusion.CANCELLED;
      }
      return all.contains(Conclusion.SKIPPED) ? Conclusion.SKIPPED : Conclusion.SUCCESS;
    }

    @Override
    public boolean isCancelled() {
      return session.cancellation().isRequested();
    }
  }
}
