package dev.tegata.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tegata.cli.RunFacts.Values;
import dev.tegata.github.SubjectTemplate.RepositoryForm;
import dev.tegata.github.WorkflowRun.Owner;
import dev.tegata.remote.UsageFault;
import dev.tegata.workflow.WorkflowReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class RunFactsTest {
  private static final String WORKFLOW =
      "on: push\njobs: {a: {runs-on: x, steps: [{run: 'true'}]}}\n";

  @TempDir private Path folder;

  private RunFacts facts(String given) throws IOException {
    Path file = Files.writeString(folder.resolve("w.yml"), WORKFLOW);
    CommandLine line =
        new CommandLine(CommandLine.Model.CommandSpec.create())
            .setCaseInsensitiveEnumValuesAllowed(true);
    RunOptions options = new RunOptions();
    line.getCommandSpec()
        .addMixin("options", CommandLine.Model.CommandSpec.forAnnotatedObject(options));
    line.parseArgs(
        ("--repository octo-org/app --ref refs/heads/main " + given).strip().split(" ", -1));
    return RunFacts.of(file, WorkflowReader.read(WORKFLOW), options, new Values());
  }

  @ParameterizedTest
  @CsvSource({
    "'', NAMES",
    "--repository-created 2026-07-14, NAMES",
    "--repository-created 2026-07-15, NAMES_AND_IDS",
    "--subject names, NAMES",
    "--subject names-and-ids, NAMES_AND_IDS",
    "--subject names --repository-created 2020-01-01, NAMES",
    "--subject names-and-ids --repository-created 2020-01-01, NAMES_AND_IDS"
  })
  void the_form_of_the_subject_follows_from_the_options(String options, RepositoryForm form)
      throws IOException {
    assertThat(facts(options).options().form()).isEqualTo(form);
  }

  @Test
  void the_subject_may_be_put_together_from_other_claims() throws IOException {
    assertThat(facts("--subject-claims repo,context,actor").options().template().claimKeys())
        .containsExactly("repo", "context", "actor");
    assertThat(facts("").options().template().claimKeys()).containsExactly("repo", "context");
    assertThatThrownBy(() -> facts("--subject-claims re:po"))
        .isInstanceOf(UsageFault.class)
        .hasMessage("`re:po` is not letters, digits and underscores");
  }

  @Test
  void a_new_repository_cannot_go_back_to_names() {
    assertThatThrownBy(() -> facts("--subject names --repository-created 2026-08-01"))
        .isInstanceOf(UsageFault.class)
        .hasMessage(
            "a repository created on or after 2026-07-15 has its ids in the subject, and `--subject names` cannot take them out");
  }

  @ParameterizedTest
  @CsvSource({"octo-org/app, false", "Octo-Org/App, false", "somebody/app, true", "'', false"})
  void the_payload_says_whether_a_pull_request_comes_from_a_fork(String head, boolean fork)
      throws IOException {
    Path payload =
        Files.writeString(
            folder.resolve("event.json"),
            head.isEmpty()
                ? "{}"
                : """
                {"pull_request": {"head": {"ref": "feature", "repo": {"full_name": "%s"}},
                                  "base": {"ref": "main"}}}
                """
                    .formatted(head));
    RunFacts facts = facts("--event pull_request --event-payload " + payload);
    assertThat(facts.run().event().isFromFork()).isEqualTo(fork);
    assertThat(facts.run().isReadOnly()).isEqualTo(fork);
  }

  @Test
  void an_option_says_so_where_there_is_no_payload() throws IOException {
    assertThat(facts("--event pull_request --fork").run().isReadOnly()).isTrue();
    assertThat(facts("--event pull_request_target --fork").run().isReadOnly()).isFalse();
    assertThat(facts("--event pull_request --actor dependabot[bot]").run().isReadOnly()).isTrue();
  }

  @Test
  void the_owner_may_belong_to_an_enterprise() throws IOException {
    Owner owner = facts("--enterprise avocado-corp").run().repository().owner();
    assertThat(owner.enterprise()).extracting("slug").isEqualTo("avocado-corp");
  }
}
