package dev.tegata.github;

import static dev.tegata.Golden.assertGolden;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.github.Job.Environment;
import dev.tegata.github.Job.RunnerEnvironment;
import dev.tegata.github.JobClaims.Issuance;
import dev.tegata.github.SubjectTemplate.RepositoryForm;
import dev.tegata.github.WorkflowRun.Enterprise;
import dev.tegata.github.WorkflowRun.Event;
import dev.tegata.github.WorkflowRun.Repository;
import dev.tegata.github.WorkflowRun.WorkflowFile;
import dev.tegata.json.JsonValue;
import dev.tegata.json.JsonValue.JsonArray;
import dev.tegata.json.JsonValue.JsonNumber;
import dev.tegata.json.JsonValue.JsonObject;
import dev.tegata.json.JsonValue.JsonString;
import dev.tegata.token.JwsAlgorithm;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class JobClaimsTest {
  private static final Instant NOON = Instant.parse("2026-09-11T12:00:00Z");
  private static final Issuance ISSUANCE =
      new Issuance(
          Discovery.GITHUB,
          "sts.amazonaws.com",
          UUID.fromString("1f7d5a2c-93f0-4a58-8a43-0cbd0e7a4a11"),
          NOON);

  @Test
  void a_push_has_the_claims_that_every_token_has() throws IOException {
    Job job =
        SampleJob.of(SampleJob.REPOSITORY, new Event("push", "", ""), "refs/heads/main", null);
    assertClaims("push", JobClaims.of(job, standard(RepositoryForm.NAMES), ISSUANCE));
  }

  @Test
  void a_pull_request_has_its_branches() throws IOException {
    Job job =
        SampleJob.of(
            SampleJob.REPOSITORY,
            new Event("pull_request", "feature", "main"),
            "refs/pull/12/merge",
            null);
    assertClaims(
        "pull-request", JobClaims.of(job, standard(RepositoryForm.NAMES_AND_IDS), ISSUANCE));
  }

  @Test
  void a_reusable_workflow_in_an_enterprise_has_all_claims() throws IOException {
    SequencedMap<String, String> properties = new LinkedHashMap<>();
    properties.put("workspace_id", "ws-1");
    properties.put("regions", "eu,us");
    Repository repository = SampleJob.repository(new Enterprise("avocado-corp", 2), properties);
    Job caller =
        SampleJob.of(
            repository,
            new Event("workflow_dispatch", "", ""),
            "refs/tags/v1",
            new Environment("Production:EU", "EN_kwDOM0RsPM7xAwGo"));
    Job job =
        new Job(
            caller.run(),
            new WorkflowFile(
                "octo-org/octo-automation/.github/workflows/oidc.yml@refs/heads/main",
                "c3".repeat(20)),
            caller.environment(),
            RunnerEnvironment.SELF_HOSTED,
            caller.checkRunId());
    SubjectTemplate template =
        new SubjectTemplate(
            List.of("repo", "context", "job_workflow_ref", "repo_property_workspace_id"),
            RepositoryForm.NAMES);
    JsonObject claims = JobClaims.of(job, template, ISSUANCE);
    assertClaims("reusable-workflow", claims);
    JsonObject document = Discovery.document(Discovery.GITHUB, List.of(JwsAlgorithm.RS256));
    assertThat(document.member("claims_supported"))
        .hasValueSatisfying(supported ->
            assertThat(((JsonArray) supported).items())
                .containsExactlyInAnyOrderElementsOf(
                    claims.members().keySet().stream()
                        .filter(claim -> !claim.startsWith("repo_property_"))
                        .map(JsonString::new)
                        .toList()));
  }

  @Test
  void only_the_times_are_numbers() {
    Job job =
        SampleJob.of(SampleJob.REPOSITORY, new Event("push", "", ""), "refs/heads/main", null);
    JsonObject claims = JobClaims.of(job, standard(RepositoryForm.NAMES), ISSUANCE);
    long now = NOON.getEpochSecond();
    assertThat(claims.members().get("nbf")).isEqualTo(JsonNumber.of(now - 600));
    assertThat(claims.members().get("exp")).isEqualTo(JsonNumber.of(now + 300));
    assertThat(claims.members().get("iat")).isEqualTo(JsonNumber.of(now));
    claims
        .members()
        .forEach((name, value) -> {
          if (!List.of("nbf", "exp", "iat").contains(name)) {
            assertThat(value).as(name).isInstanceOf(JsonString.class);
          }
        });
  }

  @Test
  void the_discovery_document_has_the_form_of_githubs() throws IOException {
    assertGolden(
        "github/openid-configuration.json",
        Discovery.document(Discovery.GITHUB, List.of(JwsAlgorithm.RS256)).toJson());
  }

  private static SubjectTemplate standard(RepositoryForm form) {
    return SubjectTemplate.standard(form);
  }

  /// One claim a line, so that a difference can be read.
  private static void assertClaims(String name, JsonObject claims) throws IOException {
    String lines =
        claims.members().entrySet().stream()
            .map(claim -> new JsonString(claim.getKey()).toJson() + ": " + json(claim.getValue()))
            .collect(Collectors.joining(",\n  ", "{\n  ", "\n}\n"));
    assertGolden("github/" + name + ".json", lines);
  }

  private static String json(JsonValue value) {
    return value.toJson();
  }
}
