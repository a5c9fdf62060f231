package dev.tegata.cli;

import dev.tegata.github.Job;
import dev.tegata.github.Job.RunnerEnvironment;
import dev.tegata.github.JobReader;
import dev.tegata.github.WorkflowRun;
import dev.tegata.github.WorkflowRun.Repository;
import dev.tegata.issuer.Customizations.Kind;
import dev.tegata.issuer.JobDescription;
import dev.tegata.issuer.JobTokens.Registration;
import dev.tegata.issuer.SubjectCustomization;
import dev.tegata.remote.UsageFault;
import dev.tegata.runner.IdTokenSource;
import dev.tegata.runner.IdTokenSource.Grant;
import dev.tegata.runner.IdTokenSource.JobIdentity;
import dev.tegata.runner.RunSettings;
import dev.tegata.server.TegataServer;
import dev.tegata.workflow.Workflow;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Everything that a run is about: what git says, and what the options say instead.
///
/// The runner gets it for its variables, the issuer for its claims; both from here, so that they
/// cannot differ.
record RunFacts(
    Checkout checkout, WorkflowRun run, RunOptions options, Values values, String path) {

  /// What the workflow is given to work with.
  static final class Values {
    @Option(
        names = "--secret",
        paramLabel = "NAME=VALUE",
        description = "A secret for the workflow; the log hides it.")
    private Map<String, String> secrets = new LinkedHashMap<>();

    @Option(names = "--var", paramLabel = "NAME=VALUE", description = "A configuration variable.")
    private Map<String, String> vars = new LinkedHashMap<>();

    @Option(names = "--input", paramLabel = "NAME=VALUE", description = "An input of the workflow.")
    private Map<String, String> inputs = new LinkedHashMap<>();
  }

  /// @throws UsageFault when an option cannot be used
  static RunFacts of(Path file, Workflow workflow, RunOptions options, Values values) {
    Checkout checkout = Checkout.of(file);
    String path = checkout.root().relativize(file.toAbsolutePath().normalize()).toString();
    options.template(); // what is wrong with it is told before anything is started
    WorkflowRun run = options.run(checkout, path, workflow.name().orElse(path));
    RunFacts facts = new RunFacts(checkout, run, options, values, path);
    try {
      Job any = facts.job(new JobIdentity("any", "any", Optional.empty()));
      JobReader.read(JobReader.write(any), run.event().isFromFork());
    } catch (IllegalArgumentException e) {
      throw new UsageFault("no token can tell of this run: " + e.getMessage());
    }
    return facts;
  }

  /// What the user should know before the log begins.
  List<String> notices(Optional<CloudFile> cloud) {
    List<String> notices = new ArrayList<>();
    notices.add(
        "%s at %s, by %s (%s)"
            .formatted(
                run.repository().fullName(),
                run.revision().ref(),
                run.actor().name(),
                run.event().name()));
    notices.add(
        cloud
            .map(CloudFile::path)
            .map(path -> "cloud: " + checkout.root().relativize(path.toAbsolutePath().normalize()))
            .orElse(
                "cloud: empty; no cloud.yaml is beside the workflow, and no --cloud was given"));
    cloud.map(CloudFile::notices).orElse(List.of()).forEach(it -> notices.add("  " + it));
    notices.add("");
    return notices;
  }

  /// The run as the runner sees it, with the server at `url` as its cloud.
  RunSettings settings(URI url) {
    Repository repository = run.repository();
    return new RunSettings(
        new RunSettings.Repository(
            repository.owner().name(),
            repository.name(),
            Long.toString(repository.owner().id()),
            Long.toString(repository.id())),
        new RunSettings.Commit(run.revision().ref(), run.revision().sha()),
        new RunSettings.Event(
            run.event().name(),
            options.payload(),
            run.actor().name(),
            Long.toString(run.actor().id()),
            run.isReadOnly()),
        new RunSettings.RunNumber(Long.toString(run.attempt().runId()), 1, 1),
        path,
        checkout.root(),
        new RunSettings.Values(
            Map.of(
                "AWS_ENDPOINT_URL", url.toString(),
                "AWS_REGION", TegataServer.REGION,
                "AWS_DEFAULT_REGION", TegataServer.REGION),
            values.secrets,
            values.vars,
            values.inputs),
        System.getenv(),
        Main.isColored());
  }

  /// Where the run's jobs get their tokens from: `server`.
  IdTokenSource tokens(TegataServer server, Clock clock) {
    if (!options.claimKeys().isEmpty()) {
      server
          .customizations()
          .put(
              Kind.REPOSITORY,
              run.repository().fullName(),
              new SubjectCustomization(false, options.claimKeys(), Optional.empty()));
    }
    return identity -> {
      Registration registration;
      try {
        registration =
            server
                .jobs()
                .register(
                    new JobDescription(
                        server.account(), identity.jobId(), job(identity), options.form()),
                    clock.instant());
      } catch (IllegalArgumentException e) {
        throw new UsageFault(String.valueOf(e.getMessage()));
      }
      return new Grant() {
        @Override
        public URI requestUrl() {
          return registration.requestUrl(server.url());
        }

        @Override
        public String requestToken() {
          return registration.requestToken();
        }

        @Override
        public void close() {
          registration.close();
        }
      };
    };
  }

  private Job job(JobIdentity identity) {
    return RunOptions.job(
        run, identity.jobId(), identity.environment(), RunnerEnvironment.SELF_HOSTED);
  }
}
