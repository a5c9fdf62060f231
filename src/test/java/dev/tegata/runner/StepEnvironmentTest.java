package dev.tegata.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a step finds in its environment, and what it leaves there for those after it.
class StepEnvironmentTest {
  private final RunFixture run = new RunFixture();

  private List<String> output() {
    return run.log.stream().filter(line -> line.startsWith("      ")).map(String::strip).toList();
  }

  @Test
  void a_step_beats_the_job_which_beats_the_workflow_which_beats_the_caller() {
    run.env.put("A", "caller");
    run.env.put("B", "caller");
    run.env.put("C", "caller");
    run.env.put("D", "caller");
    run.run(
        """
        on: push
        env: {B: workflow, C: workflow, D: workflow}
        jobs:
          job:
            runs-on: x
            env: {C: job, D: job}
            steps:
              - run: echo "$A $B $C $D ${{ env.A }}/${{ env.B }}/${{ env.C }}/${{ env.D }}"
                env: {D: step}
              - run: echo "$D"
        """);
    assertThat(output()).containsExactly("caller workflow job step /workflow/job/step", "job");
  }

  @Test
  void what_a_step_writes_to_its_env_file_is_there_for_later_steps_only() {
    run.steps(
        """
        - run: |
            echo "A=1" >> "$GITHUB_ENV"
            printf 'B<<END\\nx\\ny\\nEND\\n' >> "$GITHUB_ENV"
            echo "now: $A"
        - run: |
            echo "later: $A ${{ env.A }}"
            echo "$B"
        - run: echo "own $A ${{ env.A }}"
          env: {A: mine}
        """);
    assertThat(output()).containsExactly("now:", "later: 1 1", "x", "y", "own mine mine");
  }

  @Test
  void nobody_overrides_the_variables_of_github_and_the_runner() {
    run.steps(
        """
        - run: echo "GITHUB_ACTOR=nobody" >> "$GITHUB_ENV"
        - run: echo "$GITHUB_ACTOR $RUNNER_NAME $CI"
          env: {GITHUB_ACTOR: nobody, RUNNER_NAME: nobody, CI: mine}
        - run: echo "$CI $GITHUB_ACTIONS"
        """);
    assertThat(output()).containsExactly("octocat tegata mine", "true true");
  }

  @Test
  void later_additions_to_the_path_come_first() {
    run.steps(
        """
        - run: |
            echo "/first" >> "$GITHUB_PATH"
            echo "/second" >> "$GITHUB_PATH"
        - run: echo "/third" >> "$GITHUB_PATH"
        - run: echo "/first" >> "$GITHUB_PATH"
        - run: echo "$PATH"
        """);
    assertThat(output()).containsExactly("/first:/third:/second:/usr/local/bin:/usr/bin:/bin");
  }

  @Test
  void the_variables_of_github_say_what_the_run_is() {
    run.payload =
        "{\"pull_request\": {\"head\": {\"ref\": \"topic\"}, \"base\": {\"ref\": \"main\"}}}";
    run.event = "pull_request";
    run.ref = "refs/pull/12/merge";
    run.run(
        """
        name: My workflow
        on: pull_request
        jobs:
          job:
            runs-on: x
            steps:
              - id: me
                run: |
                  env | grep ^GITHUB_ | grep -v "=/" | sort
                  cat "$GITHUB_EVENT_PATH"
              - run: echo "${{ github.event.pull_request.head.ref }} ${{ github.action }}"
              - run: echo "${{ github.action }}"
        """);
    assertThat(output())
        .containsExactly(
            "GITHUB_ACTION=me",
            "GITHUB_ACTIONS=true",
            "GITHUB_ACTION_REF=",
            "GITHUB_ACTION_REPOSITORY=",
            "GITHUB_ACTOR=octocat",
            "GITHUB_ACTOR_ID=583231",
            "GITHUB_API_URL=https://api.github.com",
            "GITHUB_BASE_REF=main",
            "GITHUB_EVENT_NAME=pull_request",
            "GITHUB_GRAPHQL_URL=https://api.github.com/graphql",
            "GITHUB_HEAD_REF=topic",
            "GITHUB_JOB=job",
            "GITHUB_REF=refs/pull/12/merge",
            "GITHUB_REF_NAME=12/merge",
            "GITHUB_REF_PROTECTED=false",
            "GITHUB_REF_TYPE=branch",
            "GITHUB_REPOSITORY=octo-org/octo-repo",
            "GITHUB_REPOSITORY_ID=456789",
            "GITHUB_REPOSITORY_OWNER=octo-org",
            "GITHUB_REPOSITORY_OWNER_ID=123456",
            "GITHUB_RETENTION_DAYS=90",
            "GITHUB_RUN_ATTEMPT=1",
            "GITHUB_RUN_ID=10988497055",
            "GITHUB_RUN_NUMBER=19",
            "GITHUB_SERVER_URL=https://github.com",
            "GITHUB_SHA=0123456789abcdef0123456789abcdef01234567",
            "GITHUB_TRIGGERING_ACTOR=octocat",
            "GITHUB_WORKFLOW=My workflow",
            "GITHUB_WORKFLOW_REF=octo-org/octo-repo/.github/workflows/deploy.yml@refs/pull/12/merge",
            "GITHUB_WORKFLOW_SHA=0123456789abcdef0123456789abcdef01234567",
            run.payload,
            "topic __run",
            "__run_2");
  }

  @Test
  void the_folders_of_a_job_are_there_and_gone_afterwards() {
    run.steps(
        """
        - run: |
            for folder in "$GITHUB_WORKSPACE" "$RUNNER_TEMP" "$RUNNER_TOOL_CACHE" "$RUNNER_WORKSPACE" "$HOME"
            do test -d "$folder" && echo "$folder"
            done
            pwd
            mkdir locked && touch locked/file && chmod 0500 locked
        """);
    assertThat(output()).hasSize(6);
    assertThat(output().get(5)).isEqualTo(output().get(0)).endsWith("/octo-repo/octo-repo");
    assertThat(output()).allSatisfy(folder -> assertThat(Path.of(folder)).doesNotExist());
  }

  @Test
  void no_credentials_of_the_machine_reach_a_step(@TempDir Path home) throws IOException {
    Files.createDirectories(home.resolve(".pyenv"));
    run.machine.put("HOME", home.toString());
    run.machine.put("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE");
    run.machine.put("AWS_PROFILE", "mine");
    run.machine.put("GITHUB_TOKEN", "ghp_mine");
    run.machine.put("ACTIONS_ID_TOKEN_REQUEST_URL", "http://elsewhere");
    run.machine.put("SOME_PASSWORD", "mine");
    run.machine.put("LC_ALL", "C");
    run.machine.put("https_proxy", "http://proxy");
    run.steps(
        """
        - run: |
            echo "[$AWS_ACCESS_KEY_ID$AWS_PROFILE$GITHUB_TOKEN$ACTIONS_ID_TOKEN_REQUEST_URL$SOME_PASSWORD]"
            echo "$LC_ALL $https_proxy $AWS_EC2_METADATA_DISABLED"
            test "$AWS_CONFIG_FILE" = "$HOME/.aws/config" && echo "$PYENV_ROOT"
        """);
    assertThat(output())
        .containsExactly("[]", "C http://proxy true", home.resolve(".pyenv").toString());
  }

  @Test
  void a_script_gets_nothing_to_read() {
    run.steps("- run: cat; echo end\n");
    assertThat(output()).containsExactly("end");
  }

  @Test
  void each_shell_runs_its_scripts_as_it_does_on_github() {
    run.machine.put("PATH", System.getenv("PATH"));
    RunResult result =
        run.steps(
            """
            - name: no shell
              run: false | true; echo "$- $BASH_VERSION" | cut -c1-3
            - name: bash
              shell: bash
              continue-on-error: true
              run: false | true
            - name: sh
              shell: sh
              run: echo "sh $0" | sed 's|/.*/||'
            - name: own
              shell: sh -e -u {0}
              continue-on-error: true
              run: echo "$nothing"
            """);
    assertThat(result.jobs().getFirst().steps())
        .extracting(step -> step.outcome().word())
        .containsExactly("success", "failure", "success", "failure");
  }

  @Test
  void a_step_works_where_it_or_the_defaults_say() {
    run.run(
        """
        on: push
        defaults: {run: {working-directory: a}}
        jobs:
          job:
            runs-on: x
            steps:
              - run: mkdir -p a b
                working-directory: .
              - run: basename "$PWD"
              - run: basename "$PWD"
                working-directory: b
              - run: echo never
                working-directory: c
        """);
    assertThat(output()).hasSize(3).startsWith("a", "b");
    assertThat(output().getLast())
        .startsWith("error: there is no folder `")
        .endsWith("/c` to work in");
  }
}
