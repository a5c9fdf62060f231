package dev.tegata.runner;

import dev.tegata.expression.ExpressionException;
import dev.tegata.expression.Template;
import dev.tegata.expression.Value;
import dev.tegata.expression.Value.Bool;
import dev.tegata.expression.Value.Fields;
import dev.tegata.runner.Log.Level;
import dev.tegata.runner.RunResult.StepResult;
import dev.tegata.runner.Runner.Session;
import dev.tegata.runner.StepProcess.Command;
import dev.tegata.runner.StepProcess.Ending;
import dev.tegata.workflow.Job.RunDefaults;
import dev.tegata.workflow.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Runs one step, and gathers what it sets for those after it.
final class StepRun {
  private static final int MAX_NAME = 100;

  private final Session session;
  private final Stage stage;
  private final Contexts contexts;

  private final SequencedMap<String, String> outputs = new LinkedHashMap<>();
  private final SequencedMap<String, String> env = new LinkedHashMap<>();
  private final List<String> path = new ArrayList<>();
  private String summary = "";
  private Optional<Integer> exitCode = Optional.empty();

  StepRun(Session session, Stage stage, Contexts contexts) {
    this.session = session;
    this.stage = stage;
    this.contexts = contexts;
  }

  /// What a step finds: `env` as the workflow, the job and earlier steps have set it, between what
  /// lies `beneath` it and what stands `above` it, and the folders that earlier steps have put
  /// before the `PATH`. The job's time is up at `deadlineNanos`.
  record Stage(
      JobFolder folder,
      int number,
      RunDefaults defaults,
      long deadlineNanos,
      Map<String, String> env,
      List<String> path,
      Map<String, String> beneath,
      Map<String, String> above) {}

  /// What a step leaves behind.
  record Effect(
      StepResult result, Map<String, String> outputs, Map<String, String> env, List<String> path) {}

  /// When the time is up that `minutes` says, by [System#nanoTime()].
  ///
  /// @throws ExpressionException when it is no number of minutes above 0
  static long deadline(@Nullable Template minutes, double usual, Contexts contexts) {
    double value = minutes == null ? usual : minutes.value(contexts).number();
    if (!(value > 0 && value <= Integer.MAX_VALUE)) {
      throw new ExpressionException("`timeout-minutes` is a number above 0");
    }
    return System.nanoTime() + (long) (value * TimeUnit.MINUTES.toNanos(1));
  }

  /// Whether `continue-on-error` holds.
  ///
  /// @throws ExpressionException when it is not a boolean
  static boolean flag(@Nullable Template template, Contexts contexts) {
    if (template == null) {
      return false;
    }
    if (template.value(contexts) instanceof Bool(boolean value)) {
      return value;
    }
    throw new ExpressionException("`continue-on-error` is true or false");
  }

  Effect run(Step step) {
    Instant begin = session.clock().instant();
    String name = name(step);
    Conclusion outcome;
    boolean overlooked = false;
    try {
      Map<String, String> own = new LinkedHashMap<>();
      step.frame().env().forEach((key, template) -> own.put(key, template.text(contexts)));
      Map<String, String> all = new LinkedHashMap<>(stage.env());
      all.putAll(own);
      Contexts here = contexts.with(Map.of("env", new Fields(Fields.ofTexts(all).members(), true)));
      if (session.cancellation().isFinal() || !step.frame().condition().holds(here)) {
        session.log().stepSkipped(name);
        return effect(name, Conclusion.SKIPPED, Conclusion.SKIPPED, Duration.ZERO);
      }
      overlooked = flag(step.frame().limits().continueOnError(), here);
      session.log().stepBegins(name);
      outcome = perform(step, name, here, variables(all));
    } catch (ExpressionException e) {
      session.log().stepBegins(name);
      outcome = fail(String.valueOf(e.getMessage()));
    }
    Conclusion conclusion =
        overlooked && outcome == Conclusion.FAILURE ? Conclusion.SUCCESS : outcome;
    Duration duration = Duration.between(begin, session.clock().instant());
    session.log().stepEnds(name, outcome, conclusion, duration);
    return effect(name, outcome, conclusion, duration);
  }

  private Effect effect(String name, Conclusion outcome, Conclusion conclusion, Duration duration) {
    StepResult result =
        new StepResult(
            session.masker().mask(name), outcome, conclusion, duration, exitCode, summary);
    return new Effect(result, outputs, env, path);
  }

  /// What the log calls the step: its name, or the first line of its script.
  private String name(Step step) {
    Template named = step.frame().name();
    Template template =
        named != null
            ? named
            : switch (step) {
              case Step.Run run -> run.script();
              case Step.Checkout checkout -> new Template(new Value.Text(checkout.action()));
            };
    String text;
    try {
      text = template.text(contexts);
    } catch (ExpressionException e) {
      text = template.source();
    }
    // Masked before it is cut: half a secret would not be recognized.
    String line =
        session
            .masker()
            .mask(
                text.lines()
                    .map(String::strip)
                    .filter(each -> !each.isEmpty())
                    .findFirst()
                    .orElse(""));
    String shown = line.length() > MAX_NAME ? line.substring(0, MAX_NAME) + "…" : line;
    return named == null ? "Run " + shown : shown;
  }

  /// The variables of the step, each layer over those before it.
  private Map<String, String> variables(Map<String, String> set) {
    Map<String, String> variables = new LinkedHashMap<>(stage.beneath());
    variables.putAll(set);
    variables.putIfAbsent("CI", "true");
    variables.putAll(stage.above());
    List<String> folders = new ArrayList<>(stage.path());
    folders.add(variables.getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin"));
    variables.put("PATH", String.join(":", folders));
    return variables;
  }

  private Conclusion perform(Step step, String name, Contexts here, Map<String, String> variables) {
    try {
      return switch (step) {
        case Step.Run run -> script(run, name, here, variables);
        case Step.Checkout checkout -> checkout(checkout, here);
      };
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      return fail(String.valueOf(e.getMessage()));
    }
  }

  private Conclusion fail(String reason) {
    session.log().line(Level.ERROR, reason);
    return Conclusion.FAILURE;
  }

  private Conclusion checkout(Step.Checkout step, Contexts here) throws IOException {
    Path workspace = stage.folder().workspace();
    Path target =
        step.path() == null ? workspace : workspace.resolve(step.path().text(here)).normalize();
    if (!target.startsWith(workspace)) {
      throw new IllegalArgumentException("`path` leads out of the workspace: " + target);
    }
    Map<String, String> machine = session.settings().machine();
    // git itself is no step: what its user has set up for the source holds
    Path home = Path.of(machine.getOrDefault("HOME", "/"));
    int files =
        new Checkout(session.settings().source(), BaseEnvironment.of(machine, home))
            .into(target, session.cancellation());
    session.log().line("%d files of %s".formatted(files, session.settings().source()));
    return session.cancellation().isRequested() ? Conclusion.CANCELLED : Conclusion.SUCCESS;
  }

  private Conclusion script(
      Step.Run step, String name, Contexts here, Map<String, String> variables) throws IOException {
    Template minutes = step.frame().limits().timeoutMinutes();
    long deadline = deadline(minutes, Integer.MAX_VALUE, here);
    StepOutput output =
        new StepOutput(
            session.log(),
            session.masker(),
            session.settings().values().debug(),
            "true".equals(variables.get("ACTIONS_ALLOW_UNSECURE_COMMANDS")));
    Ending ending =
        new StepProcess(session.patience(), session.cancellation())
            .run(
                command(step, here, variables),
                deadline - stage.deadlineNanos() < 0 ? deadline : stage.deadlineNanos(),
                output);
    outputs.putAll(output.outputs());
    env.putAll(output.env());
    path.addAll(output.path());
    boolean filesAreRight = takeFiles();
    return switch (ending) {
      case Ending.Exited(int code) -> {
        exitCode = Optional.of(code);
        if (code != 0) {
          yield fail("Process completed with exit code " + code + ".");
        }
        yield filesAreRight && !output.hasFailed() ? Conclusion.SUCCESS : Conclusion.FAILURE;
      }
      case Ending.Cancelled() -> Conclusion.CANCELLED;
      case Ending.TimedOut() when deadline - stage.deadlineNanos() >= 0 -> Conclusion.CANCELLED;
      case Ending.TimedOut() ->
          fail(
              "The action '%s' has timed out after %s minutes."
                  .formatted(name, minutes == null ? "" : minutes.value(here).text()));
    };
  }

  private Command command(Step.Run step, Contexts here, Map<String, String> variables)
      throws IOException {
    RunDefaults how = new RunDefaults(step.shell(), step.workingDirectory()).or(stage.defaults());
    String searched = variables.getOrDefault("PATH", "");
    Shell shell =
        Shell.of(
            how.shell() == null ? "" : how.shell().text(here),
            Shell.find("bash", searched).isPresent());
    Path workspace = stage.folder().workspace();
    Path folder =
        how.workingDirectory() == null
            ? workspace
            : workspace.resolve(how.workingDirectory().text(here));
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException("there is no folder `%s` to work in".formatted(folder));
    }
    Path script = stage.folder().temp().resolve("script_" + stage.number() + shell.extension());
    Files.writeString(script, shell.content(step.script().text(here)));
    for (String prefix :
        List.of("set_env", "set_output", "add_path", "save_state", "step_summary")) {
      Files.createFile(stage.folder().commandFile(prefix, stage.number()));
    }
    return new Command(shell.command(script, searched), variables, folder);
  }

  /// Reads what the step has written for the runner, also when it failed, and says whether all of
  /// it could be understood.
  private boolean takeFiles() throws IOException {
    List<Boolean> taken =
        List.of(
            take("GITHUB_ENV", () -> takeEnv(content("set_env"))),
            take("GITHUB_OUTPUT", () -> outputs.putAll(FileCommands.pairs(content("set_output")))),
            take("GITHUB_STATE", () -> FileCommands.pairs(content("save_state"))),
            take("GITHUB_PATH", () -> path.addAll(FileCommands.lines(content("add_path")))),
            take("GITHUB_STEP_SUMMARY", this::takeSummary));
    return !taken.contains(false);
  }

  @FunctionalInterface
  private interface Taking {
    void run() throws IOException;
  }

  private boolean take(String file, Taking taking) throws IOException {
    try {
      taking.run();
      return true;
    } catch (IllegalArgumentException e) {
      session.log().line(Level.ERROR, "`%s`: %s".formatted(file, e.getMessage()));
      return false;
    }
  }

  private String content(String prefix) throws IOException {
    return FileCommands.content(
        stage.folder().commandFile(prefix, stage.number()), FileCommands.MAX_FILE_BYTES);
  }

  /// `NODE_OPTIONS` would let one step run code inside a later one.
  private void takeEnv(String text) {
    SequencedMap<String, String> pairs = FileCommands.pairs(text);
    if (pairs.keySet().stream().anyMatch("NODE_OPTIONS"::equalsIgnoreCase)) {
      throw new IllegalArgumentException("NODE_OPTIONS cannot be set for the steps after this one");
    }
    env.putAll(pairs);
  }

  private void takeSummary() throws IOException {
    Path file = stage.folder().commandFile("step_summary", stage.number());
    StringBuilder masked = new StringBuilder();
    FileCommands.content(file, FileCommands.MAX_SUMMARY_BYTES)
        .lines()
        .forEach(line -> masked.append(session.masker().mask(line)).append('\n'));
    summary = masked.toString();
  }
}
