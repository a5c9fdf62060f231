package dev.tegata.runner;

import dev.tegata.expression.ExpressionException;
import dev.tegata.expression.Json;
import dev.tegata.expression.Template;
import dev.tegata.expression.Value;
import dev.tegata.expression.Value.Fields;
import dev.tegata.expression.Value.Text;
import dev.tegata.runner.Contexts.Progress;
import dev.tegata.runner.IdTokenSource.Grant;
import dev.tegata.runner.IdTokenSource.JobIdentity;
import dev.tegata.runner.Log.Level;
import dev.tegata.runner.RunResult.JobResult;
import dev.tegata.runner.RunResult.StepResult;
import dev.tegata.runner.Runner.Session;
import dev.tegata.runner.StepRun.Effect;
import dev.tegata.runner.StepRun.Stage;
import dev.tegata.workflow.Job;
import dev.tegata.workflow.Matrix;
import dev.tegata.workflow.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// One job under way, or one row of a job with a matrix, and what its steps have set so far.
final class JobRun implements Progress {
  private static final double USUAL_MINUTES = 360;
  private static final Duration AFTER_CANCELLATION = Duration.ofMinutes(5);

  private final Session session;
  private final GithubContext github;
  private final Contexts before;
  private final Job job;
  private final String name;

  private final SequencedMap<String, String> env = new LinkedHashMap<>();
  private final List<String> path = new ArrayList<>();
  private final SequencedMap<String, Value> steps = new LinkedHashMap<>();
  private final Map<String, Integer> actions = new HashMap<>();
  private final List<StepResult> results = new ArrayList<>();
  private Conclusion status = Conclusion.SUCCESS;
  private boolean overlooked;
  private long deadlineNanos;

  /// `before` are the contexts of the job, without those that its steps make.
  JobRun(Session session, GithubContext github, Contexts before, Job job) {
    this.session = session;
    this.github = github;
    this.before = before;
    this.job = job;
    this.name = name(job, before);
  }

  /// What the log calls the job. A matrix shows in a name that does not itself tell the rows apart.
  private static String name(Job job, Contexts contexts) {
    Template template = job.name();
    if (template != null && !template.isPlain()) {
      try {
        return template.text(contexts);
      } catch (ExpressionException e) {
        return template.source();
      }
    }
    String plain = template == null ? job.id() : template.source();
    return contexts.context("matrix") instanceof Fields row ? plain + Matrix.suffix(row) : plain;
  }

  String name() {
    return name;
  }

  JobResult run(Map<String, Template> workflowEnv) {
    Instant begin = session.clock().instant();
    Map<String, String> outputs = new LinkedHashMap<>();
    session.log().jobBegins(name, remark());
    try (JobFolder folder =
            JobFolder.create(
                session.settings().repository().name(),
                complaint -> session.log().job(Level.WARNING, complaint));
        Grant grant = grant()) {
      Site site = site(folder, grant);
      prepare(site, workflowEnv);
      try {
        runSteps(site);
        outputs.putAll(outputs(site));
      } finally {
        ProcessTree.killOrphans(site.trackingId());
      }
    } catch (ExpressionException | IOException e) {
      session.log().job(Level.ERROR, String.valueOf(e.getMessage()));
      status = Conclusion.FAILURE;
    }
    Duration duration = Duration.between(begin, session.clock().instant());
    session.log().jobEnds(name, status, duration);
    return new JobResult(job.id(), name, status, conclusion(), duration, outputs, results);
  }

  /// The folders of the job, and the variables that are the same for all its steps: those `beneath`
  /// what the workflow sets, and those `above` it.
  private record Site(
      JobFolder folder,
      Map<String, String> beneath,
      Map<String, String> above,
      Map<String, String> runner) {

    /// The variable of a process by which it is known to belong to the job.
    String trackingId() {
      return folder.root().getFileName().toString();
    }
  }

  private Site site(JobFolder folder, @Nullable Grant grant) {
    Map<String, String> runner = new LinkedHashMap<>();
    runner.put("arch", System.getProperty("os.arch").equals("aarch64") ? "ARM64" : "X64");
    runner.put("environment", "self-hosted");
    runner.put("name", "tegata");
    runner.put("os", System.getProperty("os.name").startsWith("Mac") ? "macOS" : "Linux");
    runner.put("temp", folder.temp().toString());
    runner.put("tool_cache", folder.toolCache().toString());
    runner.put("workspace", folder.workspace().resolveSibling("").toString());
    if (session.settings().values().debug()) {
      runner.put("debug", "1");
    }
    Map<String, String> above = new LinkedHashMap<>();
    runner.forEach((key, value) -> above.put("RUNNER_" + key.toUpperCase(Locale.ROOT), value));
    above.put("GITHUB_ACTIONS", "true");
    if (grant != null) {
      session.masker().add(grant.requestToken());
      above.put("ACTIONS_ID_TOKEN_REQUEST_URL", grant.requestUrl().toString());
      above.put("ACTIONS_ID_TOKEN_REQUEST_TOKEN", grant.requestToken());
    }
    Map<String, String> beneath = BaseEnvironment.of(session.settings().machine(), folder.home());
    beneath.putAll(session.settings().values().env());
    Site site = new Site(folder, beneath, above, runner);
    above.put(ProcessTree.TRACKING_ID, site.trackingId());
    return site;
  }

  private Optional<String> remark() {
    return !job.permissions().allowIdToken()
        ? Optional.empty()
        : Optional.of(
            session.settings().event().readOnly()
                ? "may not ask for ID tokens: what comes from a fork or from Dependabot only reads"
                : "may ask for ID tokens");
  }

  private @Nullable Grant grant() {
    if (!job.permissions().allowIdToken() || session.settings().event().readOnly()) {
      return null;
    }
    Optional<String> environment =
        Optional.ofNullable(job.environment())
            .map(named -> named.name().text(before))
            .filter(text -> !text.isEmpty());
    return session.idTokens().open(new JobIdentity(job.id(), name, environment));
  }

  private void prepare(Site site, Map<String, Template> workflowEnv) throws IOException {
    Files.writeString(site.folder().eventFile(), session.settings().event().payload());
    for (Map<String, Template> templates : List.of(workflowEnv, job.env())) {
      Map<String, String> values = new LinkedHashMap<>();
      templates.forEach((key, template) -> values.put(key, template.text(before)));
      env.putAll(values);
    }
    overlooked = StepRun.flag(job.limits().continueOnError(), before);
    Template minutes = job.limits().timeoutMinutes();
    deadlineNanos = StepRun.deadline(minutes, USUAL_MINUTES, before);
    noteOtherMachine(job.runsOn().value(before));
  }

  /// Every job runs here, whatever machine it asks for; better to say so.
  private void noteOtherMachine(Value runsOn) {
    String labels = Json.write(runsOn).toLowerCase(Locale.ROOT);
    String own = System.getProperty("os.name").startsWith("Mac") ? "macos" : "ubuntu";
    for (String other : List.of("windows", "macos", "ubuntu")) {
      if (labels.contains(other) && !other.equals(own)) {
        session
            .log()
            .job(
                Level.WARNING,
                "the job asks for a machine with `%s`, and runs on this one".formatted(other));
      }
    }
  }

  private void runSteps(Site site) {
    for (Step step : job.steps()) {
      noteEnd();
      int number = results.size() + 1;
      GithubContext here = github.with(names(step, number, site.folder()));
      Map<String, String> above = new LinkedHashMap<>(here.variables());
      above.putAll(site.above());
      Stage stage =
          new Stage(
              site.folder(),
              number,
              job.defaults(),
              deadlineNanos,
              Map.copyOf(env),
              List.copyOf(path),
              site.beneath(),
              above);
      Contexts contexts = contexts(site).with(Map.of("github", here.context()));
      take(step, new StepRun(session, stage, contexts).run(step));
    }
    noteEnd();
  }

  private void take(Step step, Effect effect) {
    results.add(effect.result());
    env.putAll(effect.env());
    for (String folder : effect.path()) {
      path.remove(folder);
      path.addFirst(folder);
    }
    step.frame()
        .id()
        .ifPresent(id ->
            steps.put(
                id,
                Fields.of(
                    Map.of(
                        "outputs", Fields.ofTexts(effect.outputs()),
                        "outcome", new Text(effect.result().outcome().word()),
                        "conclusion", new Text(effect.result().conclusion().word())))));
    if (effect.result().conclusion() == Conclusion.FAILURE && status == Conclusion.SUCCESS) {
      status = Conclusion.FAILURE;
    }
  }

  /// After the job's time is up, or the run is cancelled, steps that run nevertheless have a little
  /// while.
  private void noteEnd() {
    boolean late = System.nanoTime() - deadlineNanos >= 0;
    if (status == Conclusion.CANCELLED || !(late || session.cancellation().isRequested())) {
      return;
    }
    status = Conclusion.CANCELLED;
    deadlineNanos = System.nanoTime() + AFTER_CANCELLATION.toNanos();
    session
        .log()
        .job(Level.ERROR, late ? "the job has taken longer than it may" : "the run was cancelled");
  }

  private Contexts contexts(Site site) {
    return before
        .with(
            Map.of(
                "env", new Fields(Fields.ofTexts(env).members(), true),
                "steps", Fields.of(steps),
                "job", Fields.ofTexts(Map.of("status", status.word())),
                "runner", Fields.ofTexts(site.runner())))
        .with(this)
        .with(new FileHash(site.folder().workspace()));
  }

  /// What of the `github` context differs from step to step.
  private Map<String, String> names(Step step, int number, JobFolder folder) {
    Map<String, String> names = new LinkedHashMap<>();
    String[] action =
        step instanceof Step.Checkout(var _, var uses, var _)
            ? uses.split("@", 2)
            : new String[] {"", ""};
    names.put("action", step.frame().id().orElseGet(() -> actionName(action[0])));
    names.put("action_ref", action[1]);
    names.put("action_repository", action[0]);
    names.put("env", folder.commandFile("set_env", number).toString());
    names.put("event_path", folder.eventFile().toString());
    names.put("job", job.id());
    names.put("output", folder.commandFile("set_output", number).toString());
    names.put("path", folder.commandFile("add_path", number).toString());
    names.put("state", folder.commandFile("save_state", number).toString());
    names.put("step_summary", folder.commandFile("step_summary", number).toString());
    names.put("workspace", folder.workspace().toString());
    return names;
  }

  /// The name of a step without an id: `__run`, `__run_2`, `__actions_checkout`.
  private String actionName(String action) {
    String plain = action.isEmpty() ? "__run" : "__" + action.replace('/', '_');
    int count = actions.merge(plain, 1, Integer::sum);
    return count == 1 ? plain : plain + "_" + count;
  }

  private Map<String, String> outputs(Site site) {
    Contexts contexts = contexts(site).with(Map.of("github", github.context()));
    Map<String, String> outputs = new LinkedHashMap<>();
    job.outputs()
        .forEach((key, template) -> {
          String value = template.text(contexts);
          if (session.masker().mask(value).equals(value)) {
            outputs.put(key, value);
          } else {
            session
                .log()
                .job(
                    Level.WARNING,
                    "the output `%s` is left out: it may hold a secret".formatted(key));
          }
        });
    if (job.environment() != null && job.environment().url() != null) {
      session.log().job(Level.NOTICE, "deployed to " + job.environment().url().text(contexts));
    }
    return outputs;
  }

  private Conclusion conclusion() {
    return status == Conclusion.FAILURE && overlooked ? Conclusion.SUCCESS : status;
  }

  @Override
  public Conclusion before(List<String> jobs) {
    return status;
  }

  @Override
  public boolean isCancelled() {
    return status == Conclusion.CANCELLED;
  }
}
