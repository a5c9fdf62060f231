package dev.tegata.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tegata.github.Job.Environment;
import dev.tegata.github.SubjectTemplate.RepositoryForm;
import dev.tegata.github.WorkflowRun.Event;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectTemplateTest {

  /// A job without an environment has `-` for it.
  @ParameterizedTest(name = "{0} of {1} in {2}, {3}, {4}: {5}")
  @CsvFileSource(
      resources = "/vectors/github/subjects.tsv",
      delimiter = '\t',
      quoteCharacter = '\'',
      numLinesToSkip = 1)
  void a_subject_is_put_together_as_github_does(
      String event, String ref, String environment, String keys, String form, String expected) {
    Job job =
        SampleJob.of(
            SampleJob.repository(
                null, new LinkedHashMap<>(Map.of("team", "a:b", "workspace_id", "ws-1"))),
            new Event(event, "", ""),
            ref,
            environment.equals("-") ? null : new Environment(environment, "EN_kwDOM0RsPM7xAwGo"));
    SubjectTemplate template =
        new SubjectTemplate(List.of(keys.split(",")), RepositoryForm.valueOf(form));
    String found;
    try {
      found = template.subject(job);
    } catch (IllegalArgumentException e) {
      found = "refused: " + e.getMessage();
    }
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void the_standard_template_is_the_repository_and_the_context() {
    assertThat(SubjectTemplate.standard(RepositoryForm.NAMES).claimKeys())
        .containsExactly("repo", "context");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "repo,repo", "repo:context", "repo,", "répo", "a b"})
  void a_template_names_each_claim_once_in_letters_digits_and_underscores(String keys) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SubjectTemplate(List.of(keys.split(",", -1)), RepositoryForm.NAMES));
  }

  @Test
  void a_template_has_at_most_512_characters() {
    assertThat(new SubjectTemplate(List.of("a".repeat(512)), RepositoryForm.NAMES)).isNotNull();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SubjectTemplate(List.of("a".repeat(513)), RepositoryForm.NAMES));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SubjectTemplate(List.of(), RepositoryForm.NAMES));
  }
}
