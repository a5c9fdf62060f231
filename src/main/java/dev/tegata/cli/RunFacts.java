package dev.tegata.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.github.Job;
import dev.tegata.github.Job.Environment;
import dev.tegata.github.Job.RunnerEnvironment;
import dev.tegata.github.SubjectTemplate;
import dev.tegata.github.SubjectTemplate.RepositoryForm;
import dev.tegata.github.WorkflowRun;
import dev.tegata.github.WorkflowRun.Actor;
import dev.tegata.github.WorkflowRun.Attempt;
import dev.tegata.github.WorkflowRun.Enterprise;
import dev.tegata.github.WorkflowRun.Event;
import dev.tegata.github.WorkflowRun.Owner;
import dev.tegata.github.WorkflowRun.RefType;
import dev.tegata.github.WorkflowRun.Repository;
import dev.tegata.github.WorkflowRun.Revision;
import dev.tegata.github.WorkflowRun.Visibility;
import dev.tegata.github.WorkflowRun.WorkflowFile;
import dev.tegata.issuer.JobTokens.JobDescription;
import dev.tegata.issuer.JobTokens.Registration;
import dev.tegata.runner.IdTokenSource;
import dev.tegata.runner.IdTokenSource.Grant;
import dev.tegata.runner.IdTokenSource.JobIdentity;
import dev.tegata.runner.RunSettings;
import dev.tegata.server.TegataServer;
import dev.tegata.workflow.Workflow;
import java.io.Console;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Everything that a run is about: what git says, and what the options say instead.
///
/// The runner gets it for its variables, the issuer for its claims; both from here, so that they
/// cannot differ. Ids that only GitHub knows are made from the names, so that they are the same in
/// every run.
record RunFacts(
    Checkout checkout,
    WorkflowRun run,
    RepositoryForm form,
    Overrides overrides,
    String payload,
    String path) {

  /// The options that go before what git says.
  static final class Overrides {
    @Option(names = "--repository", paramLabel = "OWNER/NAME", description = "The repository.")
    private @Nullable String repository;

    @Option(
        names = "--ref",
        paramLabel = "REF",
        description = "The full ref, such as refs/heads/main or refs/tags/v1.")
    private @Nullable String ref;

    @Option(names = "--sha", paramLabel = "SHA", description = "The commit.")
    private @Nullable String sha;

    @Option(names = "--actor", paramLabel = "LOGIN", description = "Who started the run.")
    private @Nullable String actor;

    @Option(
        names = "--event",
        paramLabel = "NAME",
        defaultValue = "push",
        description = "What started the run; ${DEFAULT-VALUE} if left out.")
    private String event = "push";

    @Option(
        names = "--event-payload",
        paramLabel = "FILE",
        description = "The event's payload, as JSON.")
    private @Nullable Path payload;

    @Option(
        names = "--fork",
        description =
            "The pull request comes from a fork, so that no job gets an ID token; told by the payload"
                + " where there is one.")
    private boolean fork;

    @Option(
        names = "--enterprise",
        paramLabel = "SLUG",
        description = "The enterprise that the repository's owner belongs to.")
    private @Nullable String enterprise;

    @Option(
        names = "--repository-created",
        paramLabel = "DATE",
        description =
            "The day, such as 2026-08-01, on which the repository was created, or last renamed or"
                + " transferred; from 2026-07-15 on, subjects have its ids.")
    private @Nullable LocalDate created;

    @Option(
        names = "--subject",
        paramLabel = "FORM",
        description =
            "How subjects spell the repository: names, or names-and-ids, to which an older repository"
                + " may have been moved. If left out, the day of its creation decides, and without"
                + " that it is names.")
    private @Nullable RepositoryFormOption subject;

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

  /// [RepositoryForm] as it is written on the command line.
  enum RepositoryFormOption {
    NAMES(RepositoryForm.NAMES),
    NAMES_AND_IDS(RepositoryForm.NAMES_AND_IDS);

    private final RepositoryForm form;

    RepositoryFormOption(RepositoryForm form) {
      this.form = form;
    }

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  /// How subjects spell the repository. A new repository cannot go back to names alone.
  private static RepositoryForm form(Overrides overrides) {
    Optional<RepositoryForm> asked = Optional.ofNullable(overrides.subject).map(it -> it.form);
    Optional<RepositoryForm> due =
        Optional.ofNullable(overrides.created).map(RepositoryForm::since);
    if (asked.equals(Optional.of(RepositoryForm.NAMES))
        && due.equals(Optional.of(RepositoryForm.NAMES_AND_IDS))) {
      throw new UsageFault(
          "a repository created on or after %s has its ids in the subject, and `--subject names` cannot take them out"
              .formatted(RepositoryForm.IMMUTABLE_SINCE));
    }
    return asked.or(() -> due).orElse(RepositoryForm.NAMES);
  }

  /// @throws UsageFault when an option cannot be used
  static RunFacts of(Path file, Workflow workflow, Checkout checkout, Overrides overrides) {
    String fullName = or(overrides.repository, checkout.repository());
    int slash = fullName.indexOf('/');
    if (slash <= 0 || slash == fullName.length() - 1 || fullName.indexOf('/', slash + 1) >= 0) {
      throw new UsageFault("a repository is OWNER/NAME, not `" + fullName + "`");
    }
    String ref = or(overrides.ref, checkout.ref());
    if (!ref.startsWith("refs/")) {
      throw new UsageFault(
          "a ref is written in full, such as refs/heads/%s, not `%s`".formatted(ref, ref));
    }
    String path = checkout.root().relativize(file.toAbsolutePath().normalize()).toString();
    String payload =
        Optional.ofNullable(overrides.payload)
            .map(it -> TextFile.read(it, RunFacts::json).toString())
            .orElse("{}");
    String sha = or(overrides.sha, checkout.sha());
    String actor = or(overrides.actor, checkout.actor());
    Owner owner =
        new Owner(
            fullName.substring(0, slash),
            id(fullName.substring(0, slash)),
            Optional.ofNullable(overrides.enterprise)
                .map(slug -> new Enterprise(slug, id(slug)))
                .orElse(null));
    WorkflowRun run =
        new WorkflowRun(
            new Repository(
                owner,
                fullName.substring(slash + 1),
                id(fullName),
                Visibility.PRIVATE,
                new LinkedHashMap<>()),
            new Revision(
                ref, ref.startsWith("refs/tags/") ? RefType.TAG : RefType.BRANCH, false, sha),
            event(overrides, json(payload), fullName),
            new Actor(actor, id(actor)),
            new WorkflowRun.Workflow(
                workflow.name().orElse(path),
                new WorkflowFile(fullName + "/" + path + "@" + ref, sha)),
            new Attempt(id(fullName + sha), 1, 1));
    return new RunFacts(checkout, run, form(overrides), overrides, payload, path);
  }

  private static JsonNode json(String text) {
    try {
      return JsonMapper.shared().readTree(text);
    } catch (tools.jackson.core.JacksonException e) {
      throw new UsageFault("the event's payload is not JSON: " + e.getOriginalMessage());
    }
  }

  private static Event event(Overrides overrides, JsonNode payload, String repository) {
    JsonNode head = payload.path("pull_request").path("head");
    String from = head.path("repo").path("full_name").asString(repository);
    return new Event(
        overrides.event,
        head.path("ref").asString(""),
        payload.path("pull_request").path("base").path("ref").asString(""),
        overrides.fork || !from.equalsIgnoreCase(repository));
  }

  private static String or(@Nullable String option, String otherwise) {
    return Optional.ofNullable(option).orElse(otherwise);
  }

  /// A number for a name: always the same one.
  private static long id(String name) {
    CRC32 crc = new CRC32();
    crc.update(name.getBytes(UTF_8));
    return crc.getValue();
  }

  /// What the user should know before the log begins.
  List<String> notices(Optional<Path> cloud) {
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
            .map(path -> "cloud: " + checkout.root().relativize(path.toAbsolutePath().normalize()))
            .orElse(
                "cloud: empty; no cloud.yaml is beside the workflow, and no --cloud was given"));
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
            payload,
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
            overrides.secrets,
            overrides.vars,
            overrides.inputs),
        System.getenv(),
        isTerminal() && System.getenv("NO_COLOR") == null);
  }

  private static boolean isTerminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }

  /// Where the run's jobs get their tokens from: `server`.
  IdTokenSource tokens(TegataServer server, Clock clock) {
    SubjectTemplate template = SubjectTemplate.standard(form);
    return identity -> {
      Registration registration =
          server
              .jobs()
              .register(
                  new JobDescription(identity.jobId(), job(identity), template), clock.instant());
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
    return new Job(
        run,
        run.workflow().file(),
        identity
            .environment()
            .map(name -> new Environment(name, "EN_" + Long.toHexString(id(name))))
            .orElse(null),
        RunnerEnvironment.SELF_HOSTED,
        id(run.workflow().file().ref() + identity.jobId()));
  }
}
