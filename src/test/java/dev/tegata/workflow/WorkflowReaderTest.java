package dev.tegata.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tegata.workflow.Permissions.Level;
import dev.tegata.yaml.YamlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class WorkflowReaderTest {
  private static final Path FAULTS = Path.of("src/test/resources/vectors/workflow/faults");
  private static final String FULL =
      """
      name: Deploy
      run-name: Deploy by ${{ github.actor }}
      on:
        push:
          branches: [main]
        workflow_dispatch:
          inputs:
            stage: {type: choice, options: [dev, prod], default: dev}
            count: {type: number, default: 3}
            dry: {type: boolean}
            note: {required: true}
      permissions:
        contents: read
      env:
        A: ${{ vars.a }}
      defaults:
        run:
          shell: bash
      concurrency:
        group: ${{ github.ref }}
      jobs:
        build:
          name: Build
          runs-on: [self-hosted, linux]
          timeout-minutes: 5
          outputs:
            version: ${{ steps.v.outputs.version }}
          strategy:
            fail-fast: false
            matrix:
              os: [a, b]
          steps:
            - uses: actions/checkout@v4
              with:
                path: here
                fetch-depth: 0
            - id: v
              name: Version
              if: success() || github.ref == 'x'
              run: echo "version=1" >> "$GITHUB_OUTPUT"
              working-directory: here
              continue-on-error: true
        deploy:
          needs: [build]
          if: github.ref == 'refs/heads/main'
          runs-on: ${{ matrix.os || 'ubuntu-latest' }}
          permissions:
            id-token: write
          environment:
            name: production
            url: ${{ steps.x.outputs.url }}
          defaults:
            run:
              working-directory: sub
          steps:
            - run: ./deploy
      """;

  private static Permissions permissions(String workflow, String job) {
    String text =
        """
        on: push
        %s
        jobs:
          job:
            runs-on: x
            %s
            steps: [run: x]
        """
            .formatted(workflow, job);
    return WorkflowReader.read(text).jobs().getFirst().permissions();
  }

  static List<String> faults() throws IOException {
    try (Stream<Path> files = Files.list(FAULTS)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void a_fault_is_said_with_its_place(String file) throws IOException {
    String[] parts = Files.readString(FAULTS.resolve(file)).split("\n\n", 2);
    assertThatThrownBy(() -> WorkflowReader.read(parts[1]))
        .isInstanceOfSatisfying(
            YamlException.class,
            e -> assertThat("expect: " + e.place() + ": " + e.getMessage()).isEqualTo(parts[0]));
  }

  @Test
  void a_workflow_has_its_jobs_in_their_order() {
    Workflow workflow = WorkflowReader.read(FULL);
    assertThat(workflow.name()).contains("Deploy");
    assertThat(workflow.jobs()).extracting(Job::id).containsExactly("build", "deploy");
    assertThat(workflow.job("DEPLOY").orElseThrow().needs()).containsExactly("build");
    assertThat(workflow.triggers())
        .extracting(Trigger::event)
        .containsExactly("push", "workflow_dispatch");
    assertThat(workflow.env().keySet()).containsExactly("A");
  }

  @Test
  void a_job_has_what_the_file_says() {
    Job build = WorkflowReader.read(FULL).jobs().getFirst();
    assertThat(build.steps()).hasSize(2);
    assertThat(build.steps().get(0)).isInstanceOf(Step.Checkout.class);
    assertThat(build.steps().get(1).frame().id()).contains("v");
    assertThat(build.outputs().keySet()).containsExactly("version");
    assertThat(build.strategy().matrix()).isNotNull();
    assertThat(build.place()).hasToString("22:3");
    assertThat(build.steps().get(1).frame().place()).hasToString("37:9");
  }

  @Test
  void defaults_of_a_job_leave_open_what_those_of_the_workflow_say() {
    Job deploy = WorkflowReader.read(FULL).jobs().getLast();
    assertThat(deploy.defaults().shell()).extracting("source").isEqualTo("bash");
    assertThat(deploy.defaults().workingDirectory()).extracting("source").isEqualTo("sub");
  }

  @Test
  void on_can_be_a_word_or_a_list() {
    String jobs = "\njobs: {a: {runs-on: x, steps: [run: x]}}";
    assertThat(WorkflowReader.read("on: push" + jobs).trigger("push")).isPresent();
    assertThat(WorkflowReader.read("on: [push, pull_request]" + jobs).triggers()).hasSize(2);
    assertThat(WorkflowReader.read("on: {schedule: [{cron: '0 0 * * *'}]}" + jobs).triggers())
        .hasSize(1);
  }

  @Test
  void permissions_of_a_job_replace_those_of_the_workflow() {
    Permissions permissions =
        permissions(
            "permissions: {id-token: write, issues: write}", "permissions: {contents: read}");
    assertThat(permissions.allowIdToken()).isFalse();
    assertThat(permissions.level("issues")).isEqualTo(Level.NONE);
    assertThat(permissions.level("contents")).isEqualTo(Level.READ);
  }

  @Test
  void permissions_of_the_workflow_hold_for_a_job_that_states_none() {
    assertThat(permissions("permissions: {id-token: write}", "name: x").allowIdToken()).isTrue();
  }

  @ParameterizedTest(name = "permissions {0} give id-token {1}")
  @CsvSource({
    "{}, NONE",
    "{contents: write}, NONE",
    "{id-token: none}, NONE",
    "{id-token: write}, WRITE",
    "read-all, READ",
    "write-all, WRITE"
  })
  void only_write_lets_a_job_ask_for_id_tokens(String permissions, Level level) {
    Permissions read = permissions("", "permissions: " + permissions);
    assertThat(read.level("id-token")).isEqualTo(level);
    assertThat(read.allowIdToken()).isEqualTo(level == Level.WRITE);
  }

  @Test
  void without_permissions_there_is_no_id_token() {
    assertThat(permissions("", "name: x").level("id-token")).isEqualTo(Level.NONE);
  }

  @Test
  void write_all_leaves_models_at_read() {
    assertThat(permissions("", "permissions: write-all").level("models")).isEqualTo(Level.READ);
  }

  @Test
  void inputs_have_their_types_and_their_presets() {
    Workflow workflow = WorkflowReader.read(FULL);
    var inputs = workflow.inputs("workflow_dispatch", Map.of("note", "hi", "count", "7"));
    assertThat(inputs.get("note").text()).isEqualTo("hi");
    assertThat(inputs.get("count").number()).isEqualTo(7);
    assertThat(inputs.get("stage").text()).isEqualTo("dev");
    assertThat(inputs.get("dry").isTruthy()).isFalse();
    assertThat(workflow.inputs("push", Map.of()).members()).isEmpty();
  }

  @ParameterizedTest(name = "{0}={1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "stage | x | the input `stage` is one of dev, prod, not `x`",
        "dry | yes | the input `dry` is a boolean, not `yes`",
        "count | many | the input `count` is a number, not `many`",
        "nota | x | the workflow has no input `nota`: did you mean `note`?",
        "stage | dev | the workflow needs the input `note`"
      })
  void inputs_that_do_not_fit_are_refused(String name, String value, String message) {
    Workflow workflow = WorkflowReader.read(FULL);
    assertThatThrownBy(() -> workflow.inputs("workflow_dispatch", Map.of(name, value)))
        .hasMessage(message);
  }

  @FuzzTest(maxDuration = "60s")
  @Tag("fuzz")
  void any_text_is_read_or_refused_with_a_place_in_it(FuzzedDataProvider data) {
    String text = data.consumeRemainingAsString();
    try {
      Workflow workflow = WorkflowReader.read(text);
      assertThat(workflow.jobs()).isNotEmpty();
    } catch (YamlException e) {
      assertThat(e.place().line()).isPositive();
      assertThat(e.getMessage()).isNotBlank();
    }
  }
}
