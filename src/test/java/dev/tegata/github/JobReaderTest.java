package dev.tegata.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tegata.github.Job.Environment;
import dev.tegata.github.Job.RunnerEnvironment;
import dev.tegata.github.WorkflowRun.Enterprise;
import dev.tegata.github.WorkflowRun.Event;
import dev.tegata.github.WorkflowRun.Visibility;
import dev.tegata.json.JsonValue;
import dev.tegata.json.JsonValue.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.MethodSource;

class JobReaderTest {

  static Stream<Job> jobs() {
    SequencedMap<String, String> properties =
        new LinkedHashMap<>(Map.of("team", "a:b", "regions", "eu,us"));
    return Stream.of(
        SampleJob.onMain(),
        SampleJob.of(
            SampleJob.repository(new Enterprise("avocado-corp", 2), properties),
            new Event("pull_request", "feature", "main"),
            "refs/pull/12/merge",
            new Environment("Production: EU", "EN_kwDOM0RsPM7xAwGo")),
        SampleJob.of(
            SampleJob.REPOSITORY,
            new Event("deployment", "", ""),
            "",
            new Environment("staging", null)));
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void what_is_written_is_read_as_the_same_job(Job job) {
    assertThat(JobReader.read(JobReader.write(job), false)).isEqualTo(job);
  }

  /// Each case changes some claims of the same job; a claim is given anew, never taken away.
  @ParameterizedTest(name = "{0}: {1}")
  @CsvFileSource(
      resources = "/vectors/github/registrations.tsv",
      delimiter = '\t',
      quoteCharacter = '~',
      numLinesToSkip = 1)
  void claims_are_read_strictly(String change, String expected) {
    SequencedMap<String, JsonValue> claims =
        new LinkedHashMap<>(JobReader.write(SampleJob.onMain()).members());
    claims.putAll(JsonObject.parse(change).members());
    String found;
    try {
      Job job = JobReader.read(new JsonObject(claims), false);
      found = job.equals(SampleJob.onMain()) ? "same" : job.toString();
    } catch (IllegalArgumentException e) {
      found = e.getMessage();
    }
    assertThat(found).isEqualTo(expected);
  }

  private static final String LEAST =
      """
      {"repository": "octo-org/app", "repository_id": 456789, "repository_owner_id": 123456,
       "ref": "refs/heads/main", "sha": "b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2",
       "actor": "octocat", "actor_id": 583231, "run_id": 1001,
       "workflow_ref": "octo-org/app/ci/deploy.groovy@refs/heads/main"}
      """;

  @Test
  void what_is_usually_so_may_be_left_out() {
    Job job = JobReader.read(JsonObject.parse(LEAST), false);
    assertThat(job.run().event()).isEqualTo(new Event("push", "", ""));
    assertThat(job.run().repository().visibility()).isEqualTo(Visibility.PRIVATE);
    assertThat(job.run().workflow().name()).isEqualTo("ci/deploy.groovy");
    assertThat(job.run().workflow().file().sha()).isEqualTo("b2".repeat(20));
    assertThat(job.file()).isEqualTo(job.run().workflow().file());
    assertThat(job.run().attempt().number()).isEqualTo(1);
    assertThat(job.checkRunId()).isEqualTo(1001);
    assertThat(job.environment()).isNull();
    assertThat(job.runnerEnvironment()).isEqualTo(RunnerEnvironment.SELF_HOSTED);
  }

  @Test
  void each_of_the_rest_is_missed() {
    JsonObject least = JsonObject.parse(LEAST);
    assertThat(least.members().keySet())
        .allSatisfy(name -> {
          SequencedMap<String, JsonValue> fewer = new LinkedHashMap<>(least.members());
          fewer.remove(name);
          assertThatIllegalArgumentException()
              .isThrownBy(() -> JobReader.read(new JsonObject(fewer), false))
              .withMessage("`" + name + "` is missing");
        });
  }

  @Test
  void custom_properties_may_have_several_values_or_none() {
    JsonObject claims =
        JsonObject.parse(
            LEAST.replace(
                "{\"repository\":",
                """
                {"repo_property_regions": ["eu", "us"], "repo_property_critical": true,
                 "repo_property_empty": [], "repo_property_none": null, "repo_property_team": "a",
                 "repository":\
                """));
    assertThat(JobReader.read(claims, false).run().repository().properties())
        .containsOnly(
            Map.entry("regions", "eu,us"), Map.entry("critical", "true"), Map.entry("team", "a"));
  }
}
