package dev.tegata.runner;

import dev.tegata.runner.IdTokenSource.Grant;
import dev.tegata.runner.IdTokenSource.JobIdentity;
import dev.tegata.runner.RunSettings.Commit;
import dev.tegata.runner.RunSettings.Event;
import dev.tegata.runner.RunSettings.Repository;
import dev.tegata.runner.RunSettings.RunNumber;
import dev.tegata.runner.RunSettings.Values;
import dev.tegata.runner.StepProcess.Patience;
import dev.tegata.workflow.WorkflowReader;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A run for tests: its settings, its log, and the jobs that asked for ID tokens.
final class RunFixture {
  final Map<String, String> env = new HashMap<>();
  final Map<String, String> secrets = new HashMap<>();
  final Map<String, String> vars = new HashMap<>();
  final Map<String, String> inputs = new HashMap<>();
  final Map<String, String> machine = new HashMap<>(Map.of("PATH", "/usr/local/bin:/usr/bin:/bin"));
  final List<String> log = new ArrayList<>();
  final List<JobIdentity> granted = new ArrayList<>();
  int closed;
  Path source = Path.of("src/test/resources");
  String event = "push";
  String payload = "{}";
  String ref = "refs/heads/main";
  boolean readOnly;
  boolean color;
  LogSink tee = line -> {};
  Patience patience =
      new Patience(Duration.ofMillis(400), Duration.ofMillis(400), Duration.ofMillis(500));

  /// Runs a workflow on `push` whose `jobs` and other keys are given.
  RunResult run(String workflow) {
    return runner().run(WorkflowReader.read(workflow), patience);
  }

  /// Runs the steps, which are given in YAML, in one job.
  RunResult steps(String steps) {
    return run(
        "on: [push, workflow_dispatch]\njobs:\n  job:\n    runs-on: x\n    steps:\n"
            + steps.indent(6));
  }

  Runner runner() {
    RunSettings settings =
        new RunSettings(
            new Repository("octo-org", "octo-repo", "123456", "456789"),
            new Commit(ref, "0123456789abcdef0123456789abcdef01234567"),
            new Event(event, payload, "octocat", "583231", readOnly),
            new RunNumber("10988497055", 19, 1),
            ".github/workflows/deploy.yml",
            source,
            new Values(env, secrets, vars, inputs),
            machine,
            color);
    return new Runner(settings, this::grant, this::write, new Ticking());
  }

  private void write(String line) {
    log.add(line);
    tee.line(line);
  }

  /// The whole log.
  String text() {
    return String.join("\n", log) + "\n";
  }

  private Grant grant(JobIdentity job) {
    granted.add(job);
    return new Grant() {
      @Override
      public URI requestUrl() {
        return URI.create("http://127.0.0.1:8787/_/idtoken?job=1");
      }

      @Override
      public String requestToken() {
        return "request-token-of-" + job.jobId();
      }

      @Override
      public void close() {
        closed++;
      }
    };
  }

  /// A clock on which every look takes a tenth of a second.
  private static final class Ticking extends Clock {
    private Instant now = Instant.parse("2026-11-22T12:00:00Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      now = now.plusMillis(100);
      return now;
    }
  }
}
