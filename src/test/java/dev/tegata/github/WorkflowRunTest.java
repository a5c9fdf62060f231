package dev.tegata.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.github.SubjectTemplate.RepositoryForm;
import dev.tegata.github.WorkflowRun.Actor;
import dev.tegata.github.WorkflowRun.Event;
import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class WorkflowRunTest {

  @ParameterizedTest(name = "{0}, from a fork: {1}, by {2}: {3}")
  @CsvFileSource(resources = "/vectors/github/read-only.tsv", delimiter = '\t', numLinesToSkip = 1)
  void a_run_of_foreign_code_only_reads(
      String event, boolean fork, String actor, boolean readOnly) {
    WorkflowRun usual = SampleJob.onMain().run();
    WorkflowRun run =
        new WorkflowRun(
            usual.repository(),
            usual.revision(),
            new Event(event, "", "", fork),
            new Actor(actor, 1),
            usual.workflow(),
            usual.attempt());
    assertThat(run.isReadOnly()).isEqualTo(readOnly);
  }

  @ParameterizedTest
  @CsvSource({
    "2020-01-01, NAMES",
    "2026-07-14, NAMES",
    "2026-07-15, NAMES_AND_IDS",
    "2026-08-01, NAMES_AND_IDS"
  })
  void the_day_of_its_creation_decides_how_a_repository_is_spelled(
      LocalDate created, RepositoryForm form) {
    assertThat(RepositoryForm.since(created)).isEqualTo(form);
  }
}
