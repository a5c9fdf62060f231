package dev.tegata.github;

import dev.tegata.github.Job.Environment;
import dev.tegata.github.WorkflowRun.Enterprise;
import dev.tegata.github.WorkflowRun.Repository;
import dev.tegata.json.JsonValue.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/// The claims of a job's ID token, in GitHub's order. All but the three times are strings.
///
/// Source: <https://docs.github.com/en/actions/reference/security/oidc>
public final class JobClaims {
  /// How long a token is good for.
  public static final Duration LIFETIME = Duration.ofMinutes(5);

  /// How far back from its issue a token is valid, for clocks that are late.
  public static final Duration BACKDATING = Duration.ofMinutes(10);

  private JobClaims() {}

  /// What differs between two tokens of one job; `audience` is one that [RequestedAudience] let
  /// through.
  public record Issuance(String issuer, String audience, UUID tokenId, Instant now) {}

  /// The claims of a new token for `job`.
  ///
  /// @throws IllegalArgumentException when `template` needs a claim that the job does not have
  public static JsonObject of(Job job, SubjectTemplate template, Issuance issuance) {
    JsonObject facts = facts(job);
    long now = issuance.now().getEpochSecond();
    JsonObject.Builder claims =
        JsonObject.builder()
            .put("jti", issuance.tokenId().toString())
            .put("sub", template.subject(job, facts))
            .put("aud", issuance.audience());
    facts.members().forEach(claims::put);
    return claims
        .put("iss", issuance.issuer())
        .put("nbf", now - BACKDATING.toSeconds())
        .put("exp", now + LIFETIME.toSeconds())
        .put("iat", now)
        .build();
  }

  /// What the tokens say of the job and its run, whatever they are for.
  static JsonObject facts(Job job) {
    JsonObject.Builder claims = JsonObject.builder();
    putRun(claims, job.run());
    Environment environment = job.environment();
    if (environment != null) {
      claims.put("environment", environment.name());
      String nodeId = environment.nodeId();
      if (nodeId != null) {
        claims.put("environment_node_id", nodeId);
      }
    }
    claims
        .put("job_workflow_ref", job.file().ref())
        .put("job_workflow_sha", job.file().sha())
        .put("runner_environment", lowerCase(job.runnerEnvironment()).replace('_', '-'));
    Repository repository = job.run().repository();
    Enterprise enterprise = repository.owner().enterprise();
    if (enterprise != null) {
      claims.put("enterprise", enterprise.slug());
      claims.put("enterprise_id", Long.toString(enterprise.id()));
    }
    claims.put("check_run_id", Long.toString(job.checkRunId()));
    repository.properties().forEach((name, value) -> claims.put("repo_property_" + name, value));
    return claims.build();
  }

  private static void putRun(JsonObject.Builder claims, WorkflowRun run) {
    Repository repository = run.repository();
    claims
        .put("ref", run.revision().ref())
        .put("sha", run.revision().sha())
        .put("repository", repository.fullName())
        .put("repository_owner", repository.owner().name())
        .put("repository_owner_id", Long.toString(repository.owner().id()))
        .put("run_id", Long.toString(run.attempt().runId()))
        .put("run_number", Long.toString(run.attempt().runNumber()))
        .put("run_attempt", Integer.toString(run.attempt().number()))
        .put("repository_visibility", lowerCase(repository.visibility()))
        .put("repository_id", Long.toString(repository.id()))
        .put("actor_id", Long.toString(run.actor().id()))
        .put("actor", run.actor().name())
        .put("workflow", run.workflow().name())
        .put("head_ref", run.event().headRef())
        .put("base_ref", run.event().baseRef())
        .put("event_name", run.event().name())
        .put("ref_protected", Boolean.toString(run.revision().isProtected()))
        .put("ref_type", lowerCase(run.revision().type()))
        .put("workflow_ref", run.workflow().file().ref())
        .put("workflow_sha", run.workflow().file().sha());
  }

  private static String lowerCase(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
