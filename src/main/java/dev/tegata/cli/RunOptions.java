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
import dev.tegata.remote.TextFile;
import dev.tegata.remote.UsageFault;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a run is about: the options that go before what git says.
///
/// Ids that only GitHub knows are made from the names, so that they are the same in every run.
final class RunOptions {
  @Option(
      names = {"--repo", "--repository"},
      paramLabel = "OWNER/NAME",
      description = "The repository.")
  private @Nullable String repository;

  @Option(
      names = "--repository-id",
      paramLabel = "ID",
      description = "The repository's number at GitHub; made up from the name if left out.")
  private @Nullable Long repositoryId;

  @Option(
      names = "--repository-owner-id",
      paramLabel = "ID",
      description = "The owner's number at GitHub; made up from the name if left out.")
  private @Nullable Long ownerId;

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
  private @Nullable Form subject;

  @Option(
      names = "--subject-claims",
      paramLabel = "CLAIM,…",
      split = ",",
      description =
          "What the subject is put together from, as the repository's customization says, such as"
              + " repo,context,job_workflow_ref; repo,context if left out.")
  private List<String> claimKeys = List.of();

  /// [RepositoryForm] as it is written on the command line.
  enum Form {
    NAMES(RepositoryForm.NAMES),
    NAMES_AND_IDS(RepositoryForm.NAMES_AND_IDS);

    private final RepositoryForm form;

    Form(RepositoryForm form) {
      this.form = form;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /// The run of the workflow called `workflow` in the file `path` of the repository.
  ///
  /// @throws UsageFault when an option cannot be used
  WorkflowRun run(Checkout checkout, String path, String workflow) {
    requirePossibleSubject();
    String fullName = Optional.ofNullable(repository).orElse(checkout.repository());
    int slash = fullName.indexOf('/');
    if (slash <= 0 || slash == fullName.length() - 1 || fullName.indexOf('/', slash + 1) >= 0) {
      throw new UsageFault("a repository is OWNER/NAME, not `" + fullName + "`");
    }
    String owner = fullName.substring(0, slash);
    String commit = Optional.ofNullable(sha).orElse(checkout.sha());
    String login = Optional.ofNullable(actor).orElse(checkout.actor());
    return new WorkflowRun(
        new Repository(
            owner(owner),
            fullName.substring(slash + 1),
            Optional.ofNullable(repositoryId).orElseGet(() -> id(fullName)),
            Visibility.PRIVATE,
            new LinkedHashMap<>()),
        revision(checkout, commit),
        event(fullName),
        new Actor(login, id(login)),
        new WorkflowRun.Workflow(
            workflow, new WorkflowFile(fullName + "/" + path + "@" + ref(checkout), commit)),
        new Attempt(id(fullName + commit), 1, 1));
  }

  private Revision revision(Checkout checkout, String commit) {
    String full = ref(checkout);
    RefType type = full.startsWith("refs/tags/") ? RefType.TAG : RefType.BRANCH;
    return new Revision(full, type, false, commit);
  }

  private String ref(Checkout checkout) {
    String full = Optional.ofNullable(ref).orElse(checkout.ref());
    if (!full.startsWith("refs/")) {
      throw new UsageFault(
          "a ref is written in full, such as refs/heads/%s, not `%s`".formatted(full, full));
    }
    return full;
  }

  private Owner owner(String name) {
    return new Owner(
        name,
        Optional.ofNullable(ownerId).orElseGet(() -> id(name)),
        Optional.ofNullable(enterprise).map(slug -> new Enterprise(slug, id(slug))).orElse(null));
  }

  private Event event(String repository) {
    JsonNode pullRequest = json(payload()).path("pull_request");
    JsonNode head = pullRequest.path("head");
    String from = head.path("repo").path("full_name").asString(repository);
    return new Event(
        event,
        head.path("ref").asString(""),
        pullRequest.path("base").path("ref").asString(""),
        fork || !from.equalsIgnoreCase(repository));
  }

  /// The event's payload, as JSON.
  String payload() {
    return Optional.ofNullable(payload)
        .map(file -> TextFile.read(file, RunOptions::json).toString())
        .orElse("{}");
  }

  private static JsonNode json(String text) {
    try {
      return JsonMapper.shared().readTree(text);
    } catch (JacksonException e) {
      throw new UsageFault("the event's payload is not JSON: " + e.getOriginalMessage());
    }
  }

  /// How the subject is put together.
  SubjectTemplate template() {
    try {
      return claimKeys.isEmpty()
          ? SubjectTemplate.standard(form())
          : new SubjectTemplate(claimKeys, form());
    } catch (IllegalArgumentException e) {
      throw new UsageFault(String.valueOf(e.getMessage()));
    }
  }

  /// What the subject is put together from; nothing where it is as usual.
  List<String> claimKeys() {
    return claimKeys;
  }

  /// How subjects spell the repository.
  RepositoryForm form() {
    return Optional.ofNullable(subject)
        .map(it -> it.form)
        .or(this::due)
        .orElse(RepositoryForm.NAMES);
  }

  /// How they do by the day of its creation.
  private Optional<RepositoryForm> due() {
    return Optional.ofNullable(created).map(RepositoryForm::since);
  }

  /// A new repository cannot go back to names alone, and a template names claims.
  private void requirePossibleSubject() {
    if (form() == RepositoryForm.NAMES && due().equals(Optional.of(RepositoryForm.NAMES_AND_IDS))) {
      throw new UsageFault(
          "a repository created on or after %s has its ids in the subject, and `--subject names` cannot take them out"
              .formatted(RepositoryForm.IMMUTABLE_SINCE));
    }
    try {
      SubjectTemplate _ = template();
    } catch (IllegalArgumentException e) {
      throw new UsageFault(String.valueOf(e.getMessage()));
    }
  }

  /// Whether subjects hold ids that only GitHub knows.
  boolean hasInventedIds() {
    return form() == RepositoryForm.NAMES_AND_IDS && (repositoryId == null || ownerId == null);
  }

  /// The job called `jobId` of `run`.
  static Job job(
      WorkflowRun run, String jobId, Optional<String> environment, RunnerEnvironment runner) {
    return new Job(
        run,
        run.workflow().file(),
        environment
            .map(name -> new Environment(name, "EN_" + Long.toHexString(id(name))))
            .orElse(null),
        runner,
        id(run.workflow().file().ref() + jobId));
  }

  /// A number for a name: always the same one.
  private static long id(String name) {
    CRC32 crc = new CRC32();
    crc.update(name.getBytes(UTF_8));
    return crc.getValue();
  }
}
