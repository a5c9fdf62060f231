package dev.tegata.cli;

import dev.tegata.arn.AccountId;
import dev.tegata.cli.RunFacts.Values;
import dev.tegata.github.Discovery;
import dev.tegata.remote.Json;
import dev.tegata.remote.TextFile;
import dev.tegata.report.AccessSummary;
import dev.tegata.runner.RunResult;
import dev.tegata.runner.Runner;
import dev.tegata.server.ListenAddress;
import dev.tegata.server.ServerSettings;
import dev.tegata.server.ServerSettings.Watching;
import dev.tegata.server.TegataServer;
import dev.tegata.workflow.Workflow;
import dev.tegata.workflow.WorkflowReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `tegata run`: runs a workflow file against a cloud of its own.
@Command(
    name = "run",
    description = {
      "Runs a GitHub Actions workflow file on this machine, in a cloud of its own that is gone",
      "afterwards. Its jobs get ID tokens as at GitHub, with GitHub's issuer and claims; `aws`,",
      "Terraform and the SDKs find that cloud through AWS_ENDPOINT_URL. At the end it says who got in",
      "where, and which statement decided.",
      ""
    },
    footer = {
      "",
      "Without --cloud it takes `cloud.yaml` beside the workflow or at the top of its repository.",
      "Exit status: 0 when every job succeeded, 1 when one failed, 2 when nothing was started.",
      "",
      "Examples:",
      "  tegata run .github/workflows/deploy.yml",
      "  tegata run deploy.yml --cloud cloud.yaml --repository octo-org/app --ref refs/heads/main",
      "  tegata run deploy.yml --event pull_request --ref refs/pull/7/merge --format json"
    },
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  @Parameters(paramLabel = "WORKFLOW", description = "The workflow file.")
  private Path file = Path.of("");

  @Mixin private CloudOptions cloud = new CloudOptions();

  @Mixin private IssuerOptions issuer = new IssuerOptions();

  @ArgGroup(exclusive = false, heading = "%nWhat the run is about, in place of what git says:%n")
  private RunOptions options = new RunOptions();

  @ArgGroup(exclusive = false, heading = "%nWhat the workflow is given:%n")
  private Values values = new Values();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description =
          "text, or json: the summary as JSON on standard output, and the log on standard error.")
  private Format format = Format.TEXT;

  @Spec private CommandSpec spec = CommandSpec.create();

  /// How the summary is printed.
  enum Format {
    TEXT,
    JSON
  }

  @Override
  public Integer call() {
    Workflow workflow = TextFile.read(file, WorkflowReader::read);
    RunFacts facts = RunFacts.of(file, workflow, options, values);
    Optional<CloudFile> template = cloud.read(facts.checkout().cloud(file));
    AccountId account =
        cloud.account(template.flatMap(CloudFile::account)).orElse(CloudOptions.DEFAULT_ACCOUNT);
    PrintWriter log =
        format == Format.TEXT ? spec.commandLine().getOut() : spec.commandLine().getErr();
    AccessSummary summary = new AccessSummary();
    Watching watching = Watching.now(summary);
    Clock clock = watching.clock();
    RunResult result;
    try (Cleanup _ = new Cleanup(() -> {}); // the runner hears of it by itself
        TemporaryFolder folder = new TemporaryFolder();
        TegataServer server =
            TegataServer.start(
                new ServerSettings(
                    folder.path(),
                    new ListenAddress("127.0.0.1", 0),
                    issuer.settings(Optional.of(Discovery.GITHUB)),
                    Optional.of(account),
                    Optional.empty(),
                    watching))) {
      template.ifPresent(it -> it.create(server.cloud(), clock.instant()));
      facts.notices(template).forEach(log::println);
      log.flush();
      result =
          new Runner(
                  facts.settings(server.url()),
                  facts.tokens(server, clock),
                  line -> {
                    log.println(line);
                    log.flush();
                  },
                  clock)
              .run(workflow);
    }
    print(summary, result);
    return result.succeeded() ? 0 : Main.FAILED;
  }

  private void print(AccessSummary summary, RunResult result) {
    PrintWriter out = spec.commandLine().getOut();
    switch (format) {
      case TEXT -> {
        out.println();
        summary.lines().forEach(out::println);
      }
      case JSON -> {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("succeeded", result.succeeded());
        values.put(
            "jobs",
            result.jobs().stream()
                .map(job ->
                    new TreeMap<>(Map.of("id", job.id(), "conclusion", job.conclusion().word())))
                .toList());
        values.put("accesses", summary.values());
        out.print(Json.write(values));
      }
    }
    out.flush();
  }
}
