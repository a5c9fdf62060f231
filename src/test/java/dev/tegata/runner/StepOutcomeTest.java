package dev.tegata.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.workflow.WorkflowReader;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/// How steps come out, what the commands that they print do, and how they are stopped.
class StepOutcomeTest {
  private final RunFixture run = new RunFixture();

  private List<String> output() {
    return run.log.stream()
        .filter(line -> line.startsWith("      "))
        .map(line -> line.substring(6))
        .toList();
  }

  private static List<String> outcomes(RunResult result) {
    return result.jobs().getFirst().steps().stream().map(step -> step.outcome().word()).toList();
  }

  @Test
  void a_step_that_fails_has_its_exit_code_and_the_rest_is_skipped() {
    RunResult result =
        run.steps("- run: exit 3\n- run: echo never\n- run: echo always\n  if: always()\n");
    assertThat(outcomes(result)).containsExactly("failure", "skipped", "success");
    assertThat(result.jobs().getFirst().steps().getFirst().exitCode()).contains(3);
    assertThat(result.succeeded()).isFalse();
    assertThat(output()).containsExactly("error: Process completed with exit code 3.", "always");
  }

  @Test
  void a_failure_that_does_not_count_changes_the_conclusion_and_not_the_outcome() {
    RunResult result =
        run.steps(
            """
            - id: may
              continue-on-error: ${{ github.ref == 'refs/heads/main' }}
              run: exit 1
            - run: echo "${{ steps.may.outcome }} ${{ steps.may.conclusion }} ${{ steps.not.outcome }}"
            """);
    assertThat(result.succeeded()).isTrue();
    assertThat(output()).endsWith("failure success");
  }

  @Test
  void outputs_come_by_file_and_by_command() {
    run.steps(
        """
        - id: one
          run: |
            echo "a=1" >> "$GITHUB_OUTPUT"
            echo "::set-output name=b::2%0A3"
            echo "::set-output name=a::overruled by the file"
        - run: echo '${{ toJSON(steps.one.outputs) }}'
        """);
    assertThat(output()).containsExactly("{", "  \"b\": \"2\\n3\",", "  \"a\": \"1\"", "}");
  }

  @Test
  void a_file_that_cannot_be_understood_fails_the_step() {
    RunResult result =
        run.steps(
            "- run: echo nonsense >> \"$GITHUB_ENV\"\n- run: echo 'A=1' >> $GITHUB_OUTPUT\n  if: failure()\n");
    assertThat(outcomes(result)).containsExactly("failure", "success");
    assertThat(output()).contains("error: `GITHUB_ENV`: Invalid format 'nonsense'");
  }

  @Test
  void node_options_cannot_be_handed_on() {
    run.steps("- run: echo 'NODE_OPTIONS=--require ./x' >> \"$GITHUB_ENV\"\n");
    assertThat(output().getLast()).contains("NODE_OPTIONS cannot be set");
  }

  @Test
  void a_mask_hides_what_comes_after_it() {
    run.steps(
        "- run: |\n    echo before hunter2\n    echo '::add-mask::hunter2'\n    echo after hunter2\n    echo '::add-mask::'\n");
    assertThat(output())
        .containsExactly(
            "before hunter2", "after ***", "warning: `add-mask` was given nothing to hide");
  }

  @Test
  void commands_can_be_stopped_for_a_while() {
    run.steps(
        """
        - run: |
            echo "::stop-commands::pause"
            echo "::error::only text"
            echo "::pause::"
            echo "::error::an error"
        """);
    assertThat(output()).containsExactly("::error::only text", "error: an error");
  }

  @Test
  void a_pause_that_a_command_would_end_is_refused() {
    RunResult result = run.steps("- run: echo '::stop-commands::error'\n");
    assertThat(outcomes(result)).containsExactly("failure");
  }

  @Test
  void the_old_commands_for_variables_need_to_be_allowed() {
    RunResult result =
        run.steps(
            """
            - run: echo "::set-env name=A::1"
              continue-on-error: true
            - run: |
                echo "::set-env name=A::2"
                echo "::add-path::/mine"
              env: {ACTIONS_ALLOW_UNSECURE_COMMANDS: true}
            - run: echo "$A ${PATH%%:*}"
            """);
    assertThat(outcomes(result)).containsExactly("failure", "success", "success");
    assertThat(output())
        .containsExactly(
            "error: the command `set-env` is disabled; write to the file `$GITHUB_ENV` instead",
            "2 /mine");
  }

  @Test
  void commands_are_echoed_when_a_step_asks_for_it() {
    run.steps(
        "- run: |\n    echo '::echo::on'\n    echo '::set-output name=a::1'\n    echo '::echo::off'\n    echo '::set-output name=b::2'\n");
    assertThat(output()).containsExactly("::set-output name=a::1");
  }

  @Test
  void debug_lines_are_shown_when_the_run_asks_for_them() {
    run.steps("- run: echo '::debug::x'\n");
    assertThat(output()).isEmpty();
    run.vars.put("ACTIONS_STEP_DEBUG", "true");
    run.steps("- run: echo '::debug::x'; echo $RUNNER_DEBUG\n");
    assertThat(output()).containsExactly("debug: x", "1");
  }

  @Test
  void a_step_that_takes_too_long_is_stopped_with_all_that_it_has_started() {
    long begin = System.nanoTime();
    RunResult result =
        run.steps(
            """
            - name: Slow
              timeout-minutes: 0.01
              run: |
                trap '' INT
                (trap '' INT TERM; sleep 77.7) &
                echo started
                sleep 77.7
            """);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
    assertThat(outcomes(result)).containsExactly("failure");
    assertThat(output())
        .containsExactly("started", "error: The action 'Slow' has timed out after 0.01 minutes.");
    assertThat(running("sleep 77.7")).isEmpty();
  }

  private static List<String> running(String command) {
    return ProcessHandle.allProcesses()
        .flatMap(process -> process.info().commandLine().stream())
        .filter(line -> line.endsWith(command))
        .toList();
  }

  @Test
  void a_step_may_end_kindly_when_it_is_asked_to() {
    run.patience =
        new StepProcess.Patience(
            Duration.ofSeconds(20), Duration.ofSeconds(1), Duration.ofSeconds(5));
    run.steps(
        "- timeout-minutes: 0.01\n  run: |\n    trap 'echo bye; exit 0' INT\n    sleep 60 & wait\n");
    assertThat(output()).startsWith("bye");
  }

  @Test
  void what_is_left_in_the_background_lives_until_the_job_ends() {
    RunResult result =
        run.steps(
            """
            - run: |
                (while sleep 0.05; do echo noise; done) &
                setsid sleep 66.6 > /dev/null 2>&1 &
                echo "PID=$!" >> "$GITHUB_ENV"
            - run: kill -0 "$PID"
            """);
    assertThat(result.succeeded()).isTrue();
    assertThat(running("sleep 66.6")).isEmpty();
  }

  @Test
  void a_job_that_takes_too_long_is_cancelled_and_may_clean_up() {
    RunResult result =
        run.run(
            """
            on: push
            jobs:
              job:
                runs-on: x
                timeout-minutes: 0.02
                steps:
                  - run: sleep 60
                  - run: echo never
                  - run: echo clean
                    if: always()
                  - run: echo cancelled
                    if: cancelled()
                  - run: echo never
                    if: failure()
            """);
    assertThat(outcomes(result))
        .containsExactly("cancelled", "skipped", "success", "success", "skipped");
    assertThat(result.jobs().getFirst().outcome()).isEqualTo(Conclusion.CANCELLED);
    assertThat(result.succeeded()).isFalse();
  }

  @Test
  void an_interruption_cancels_the_run() throws InterruptedException {
    var workflow =
        WorkflowReader.read(
            """
            on: push
            jobs:
              one:
                runs-on: x
                steps:
                  - run: |
                      echo ready
                      sleep 60
                  - run: echo clean up
                    if: always()
              two:
                needs: one
                runs-on: x
                steps: [run: echo never]
            """);
    List<RunResult> results = new CopyOnWriteArrayList<>();
    boolean[] interrupted = new boolean[1];
    Thread thread =
        Thread.ofPlatform()
            .start(() -> {
              results.add(run.runner().run(workflow, run.patience));
              interrupted[0] = Thread.interrupted();
            });
    while (!output().contains("ready")) {
      Thread.sleep(20);
    }
    thread.interrupt();
    thread.join();
    assertThat(interrupted[0]).isTrue();
    assertThat(results.getFirst().jobs())
        .extracting(RunResult.JobResult::outcome)
        .containsExactly(Conclusion.CANCELLED, Conclusion.SKIPPED);
    assertThat(output()).contains("clean up").doesNotContain("never");
  }

  @Test
  void a_flood_and_a_line_without_end_are_borne() {
    RunResult result =
        run.steps(
            """
            - run: |
                yes flood | head -n 300000
                head -c 50000000 /dev/zero | tr '\\0' x
                echo
                echo end
            """);
    assertThat(result.succeeded()).isTrue();
    assertThat(output()).endsWith("end");
    assertThat(output()).hasSize(300_002);
    assertThat(output().get(300_000)).hasSizeLessThan(70_000).endsWith("more characters)");
  }

  @Test
  void escapes_that_move_the_cursor_are_left_out_and_cannot_hide_a_secret() {
    run.secrets.put("S", "hunter2");
    run.steps("- run: printf '\\033[2Ja\\033[31mred\\033[0m \\007hun\\033[1mter2\\r\\n'\n");
    assertThat(output()).containsExactly("ared ***");
  }

  @Test
  void colors_stay_in_a_log_that_has_colors() {
    run.color = true;
    run.steps("- run: printf '\\033[2J\\033[31mred\\033[0m\\n'; exit 1\n");
    assertThat(output())
        .containsExactly(
            "\u001b[31mred\u001b[0m",
            "\u001b[31merror: Process completed with exit code 1.\u001b[0m");
  }

  @Test
  void a_summary_is_kept_with_its_secrets_hidden() {
    run.secrets.put("S", "hunter2");
    RunResult result = run.steps("- run: echo '# It is hunter2' >> \"$GITHUB_STEP_SUMMARY\"\n");
    assertThat(result.jobs().getFirst().steps().getFirst().summary()).isEqualTo("# It is ***\n");
  }

  @Test
  void a_summary_that_is_too_large_fails_the_step() {
    RunResult result = run.steps("- run: head -c 1048577 /dev/zero >> \"$GITHUB_STEP_SUMMARY\"\n");
    assertThat(outcomes(result)).containsExactly("failure");
    assertThat(output().getFirst())
        .isEqualTo(
            "error: `GITHUB_STEP_SUMMARY`: the file has 1048577 bytes, and may have 1048576");
  }

  @Test
  void an_expression_that_cannot_be_evaluated_fails_the_step() {
    RunResult result =
        run.steps(
            "- run: echo ${{ fromJSON('{') }}\n- run: echo x\n  if: fromJSON('')\n- run: echo ok\n  if: failure()\n");
    assertThat(outcomes(result)).containsExactly("failure", "skipped", "success");
    assertThat(output().getFirst()).startsWith("error: the text is not JSON");
  }

  @Test
  void a_shell_that_is_not_there_fails_the_step() {
    RunResult result = run.steps("- run: x\n  shell: no-such-shell {0}\n");
    assertThat(outcomes(result)).containsExactly("failure");
    assertThat(output()).containsExactly("error: the shell `no-such-shell` is not on the PATH");
  }
}
