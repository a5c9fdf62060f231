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
import dev.tegata.json.JsonValue.JsonObject;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads what the tokens of a job are to claim: an object with the claims themselves.
///
/// It has no claim of the single token (`sub`, `aud`, the times …). What is usually so may be left
/// out, and what follows from other claims must fit them. What [#write] writes is read as the same
/// job.
///
/// Source: <https://docs.github.com/en/actions/reference/security/oidc>
public final class JobReader {
  private static final Pattern REPOSITORY =
      Pattern.compile("[A-Za-z0-9_.-]{1,100}/(?!\\.{1,2}$)[A-Za-z0-9_.-]{1,100}");
  private static final Pattern SHA = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
  private static final Pattern REF = Pattern.compile("refs/[^\\s:~^?*\\[\\\\]{1,1000}|");
  private static final Pattern SLUG = Pattern.compile("[A-Za-z0-9_-]{1,100}");
  private static final Pattern WORKFLOW_REF =
      Pattern.compile("[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+/[^@]+@.+");

  private final ClaimMembers claims;
  private final boolean isFromFork;

  private JobReader(ClaimMembers claims, boolean isFromFork) {
    this.claims = claims;
    this.isFromFork = isFromFork;
  }

  /// Reads `claims`.
  ///
  /// @throws IllegalArgumentException when one is missing, unknown, or not what it should be
  public static Job read(JsonObject claims, boolean isFromFork) {
    ClaimMembers members = new ClaimMembers(claims);
    Job job = new JobReader(members, isFromFork).job();
    members.requireAllRead();
    return job;
  }

  /// What [#read] reads as `job`, but for its coming from a fork.
  public static JsonObject write(Job job) {
    return JobClaims.facts(job);
  }

  private Job job() {
    Repository repository = repository();
    String ref = claims.text("ref", REF, "a full ref such as refs/heads/main");
    String sha = sha("sha").orElseThrow(() -> claims.missing("sha"));
    WorkflowFile file = file("workflow", sha).orElseThrow(() -> claims.missing("workflow_ref"));
    Attempt attempt =
        new Attempt(
            id("run_id").orElseThrow(() -> claims.missing("run_id")),
            id("run_number").orElse(1),
            Math.toIntExact(Math.min(id("run_attempt").orElse(1), Integer.MAX_VALUE)));
    WorkflowRun run =
        new WorkflowRun(
            repository,
            new Revision(ref, refType(ref), claims.flag("ref_protected"), sha),
            new Event(
                claims.optionalText("event_name").orElse("push"),
                claims.optionalText("head_ref").orElse(""),
                claims.optionalText("base_ref").orElse(""),
                isFromFork),
            new Actor(
                claims.text("actor"), id("actor_id").orElseThrow(() -> claims.missing("actor_id"))),
            new Workflow(claims.optionalText("workflow").orElse(path(file)), file),
            attempt);
    return new Job(
        run,
        file("job_workflow", file.sha()).orElse(file),
        environment(),
        claims
            .choice("runner_environment", RunnerEnvironment.class)
            .orElse(RunnerEnvironment.SELF_HOSTED),
        id("check_run_id").orElse(attempt.runId()));
  }

  private Repository repository() {
    String fullName = claims.text("repository", REPOSITORY, "OWNER/NAME");
    int slash = fullName.indexOf('/');
    String owner = fullName.substring(0, slash);
    claims.requireFits("repository_owner", owner);
    return new Repository(
        new Owner(
            owner,
            id("repository_owner_id").orElseThrow(() -> claims.missing("repository_owner_id")),
            enterprise()),
        fullName.substring(slash + 1),
        id("repository_id").orElseThrow(() -> claims.missing("repository_id")),
        claims.choice("repository_visibility", Visibility.class).orElse(Visibility.PRIVATE),
        claims.properties());
  }

  private @Nullable Enterprise enterprise() {
    Optional<String> slug = claims.optionalText("enterprise", SLUG, "an enterprise's slug");
    OptionalLong id = id("enterprise_id");
    if (slug.isEmpty() && id.isPresent()) {
      throw claims.missing("enterprise");
    }
    return slug.map(it -> new Enterprise(it, id.orElseThrow(() -> claims.missing("enterprise_id"))))
        .orElse(null);
  }

  private @Nullable Environment environment() {
    Optional<String> name = claims.optionalText("environment").filter(it -> !it.isEmpty());
    Optional<String> nodeId = claims.optionalText("environment_node_id");
    if (name.isEmpty() && nodeId.isPresent()) {
      throw claims.missing("environment");
    }
    return name.map(it -> new Environment(it, nodeId.orElse(null))).orElse(null);
  }

  private RefType refType(String ref) {
    RefType type = ref.startsWith("refs/tags/") ? RefType.TAG : RefType.BRANCH;
    claims
        .choice("ref_type", RefType.class)
        .ifPresent(said -> {
          if (said != type) {
            throw new IllegalArgumentException(
                "`ref_type` does not fit `ref`, which is `" + ref + "`");
          }
        });
    return type;
  }

  private Optional<WorkflowFile> file(String prefix, String otherwise) {
    String sha = sha(prefix + "_sha").orElse(otherwise);
    return claims
        .optionalText(
            prefix + "_ref",
            WORKFLOW_REF,
            "a file at a ref such as octo-org/app/.github/workflows/deploy.yml@refs/heads/main")
        .map(ref -> new WorkflowFile(ref, sha));
  }

  /// The file's path in its repository, which is the name of a workflow that has none.
  private static String path(WorkflowFile file) {
    String path = file.ref().substring(0, file.ref().indexOf('@'));
    return path.substring(path.indexOf('/', path.indexOf('/') + 1) + 1);
  }

  private Optional<String> sha(String name) {
    return claims.optionalText(name, SHA, "40 or 64 hexadecimal digits in small letters");
  }

  private OptionalLong id(String name) {
    return claims.id(name);
  }
}
