package dev.tegata.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tegata.runner.IdTokenSource.JobIdentity;
import dev.tegata.runner.RunResult.JobResult;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Jobs: their order, what one learns of another, matrices, and who may ask for ID tokens.
class JobGraphTest {
  private final RunFixture run = new RunFixture();

  private RunResult jobs(String jobs) {
    return run.run("on: [push, workflow_dispatch]\njobs:\n" + jobs.indent(2));
  }

  private List<String> output() {
    return run.log.stream().filter(line -> line.startsWith("      ")).map(String::strip).toList();
  }

  private static List<String> outcomes(RunResult result) {
    return result.jobs().stream().map(job -> job.name() + " " + job.outcome().word()).toList();
  }

  @Test
  void a_job_runs_after_those_that_it_needs() {
    RunResult result =
        jobs(
            """
            c: {needs: [a, b], runs-on: x, steps: [run: "true"]}
            b: {needs: A, runs-on: x, steps: [run: "true"]}
            a: {runs-on: x, steps: [run: "true"]}
            """);
    assertThat(outcomes(result)).containsExactly("a success", "b success", "c success");
  }

  @Test
  void outputs_go_from_job_to_job() {
    jobs(
        """
        one:
          runs-on: x
          outputs:
            version: v${{ steps.s.outputs.version }}
          steps:
            - id: s
              run: echo "version=1.2" >> "$GITHUB_OUTPUT"
        two:
          needs: one
          runs-on: x
          steps:
            - run: echo "${{ needs.one.outputs.version }} ${{ needs.one.result }}"
        """);
    assertThat(output()).containsExactly("v1.2 success");
  }

  @Test
  void an_output_that_holds_a_secret_is_left_out() {
    run.secrets.put("S", "hunter2");
    RunResult result =
        jobs(
            """
            one:
              runs-on: x
              outputs: {a: "it is ${{ secrets.S }}", b: fine}
              steps: [run: "true"]
            """);
    assertThat(result.jobs().getFirst().outputs()).containsOnlyKeys("b");
    assertThat(run.text()).contains("warning: the output `a` is left out: it may hold a secret");
  }

  @Test
  void a_failure_skips_all_that_need_the_job_near_or_far() {
    RunResult result =
        jobs(
            """
            a: {runs-on: x, steps: [run: "false"]}
            b: {needs: a, runs-on: x, steps: [run: "true"]}
            always: {needs: a, if: always(), runs-on: x, steps: [run: "true"]}
            after: {needs: always, runs-on: x, steps: [run: "true"]}
            failed: {needs: b, if: failure(), runs-on: x, steps: [run: "true"]}
            named: {needs: [a, always], if: success('always'), runs-on: x, steps: [run: "true"]}
            alone: {runs-on: x, steps: [run: "true"]}
            """);
    assertThat(outcomes(result))
        .containsExactly(
            "a failure",
            "b skipped",
            "always success",
            "after skipped",
            "failed success",
            "named success",
            "alone success");
  }

  @Test
  void a_job_that_is_skipped_skips_those_that_need_it() {
    RunResult result =
        jobs(
            """
            a: {if: "github.ref == 'refs/heads/other'", runs-on: x, steps: [run: "true"]}
            b: {needs: a, runs-on: x, steps: [run: "true"]}
            c: {needs: a, if: "!failure()", runs-on: x, steps: [run: "true"]}
            """);
    assertThat(outcomes(result)).containsExactly("a skipped", "b skipped", "c success");
    assertThat(result.succeeded()).isTrue();
  }

  @Test
  void a_failure_that_does_not_count_lets_the_run_pass() {
    RunResult result =
        jobs(
            """
            a: {continue-on-error: true, runs-on: x, steps: [run: "false"]}
            b: {needs: a, runs-on: x, steps: [run: "echo ${{ needs.a.result }}"]}
            """);
    assertThat(result.succeeded()).isTrue();
    assertThat(result.jobs().getFirst().outcome()).isEqualTo(Conclusion.FAILURE);
    assertThat(output()).endsWith("success");
  }

  @Test
  void the_first_failure_cancels_the_other_rows_of_a_matrix() {
    RunResult result =
        jobs(
            """
            a:
              name: Row
              strategy: {matrix: {n: [1, 2, 3]}}
              runs-on: x
              steps: [run: "test ${{ matrix.n }} = 1"]
            b: {needs: a, if: always(), runs-on: x, steps: [run: "echo ${{ needs.a.result }}"]}
            """);
    assertThat(outcomes(result))
        .containsExactly("Row (1) success", "Row (2) failure", "Row (3) cancelled", "b success");
    assertThat(output()).endsWith("failure");
  }

  @Test
  void a_matrix_may_come_from_an_earlier_job() {
    RunResult result =
        jobs(
            """
            plan:
              runs-on: x
              outputs: {rows: "${{ steps.s.outputs.rows }}"}
              steps:
                - id: s
                  run: echo 'rows=["p", "q"]' >> "$GITHUB_OUTPUT"
            run:
              needs: plan
              name: Run ${{ matrix.row }}
              strategy: {matrix: {row: "${{ fromJSON(needs.plan.outputs.rows) }}"}}
              runs-on: x
              outputs: {last: "${{ matrix.row == 'p' && 'p' || '' }}"}
              steps: [run: "true"]
            end: {needs: run, runs-on: x, steps: [run: "echo ${{ needs.run.outputs.last }}"]}
            """);
    assertThat(outcomes(result))
        .containsExactly("plan success", "Run p success", "Run q success", "end success");
    assertThat(output()).endsWith("p");
  }

  @Test
  void a_matrix_that_cannot_be_made_fails_the_job() {
    RunResult result =
        jobs(
            "a: {strategy: {matrix: {n: \"${{ fromJSON('[]') }}\"}}, runs-on: x, steps: [run: x]}\n");
    assertThat(outcomes(result)).containsExactly("a failure");
    assertThat(run.text()).contains("  error: `n` in `matrix` is a list with at least one item");
  }

  @Test
  void a_job_is_as_if_on_a_machine_of_its_own() {
    jobs(
        """
        a:
          runs-on: x
          steps:
            - run: |
                touch left-behind "$HOME/left-behind"
                echo "A=1" >> "$GITHUB_ENV"
        b:
          needs: a
          runs-on: x
          steps: [run: 'ls -A . "$HOME" | grep left || echo "a is $A"']
        """);
    assertThat(output()).containsExactly("a is");
  }

  @Test
  void only_a_job_that_may_gets_what_it_asks_for_id_tokens_with() {
    String show =
        "steps: [run: 'echo \"[${ACTIONS_ID_TOKEN_REQUEST_URL-absent}] [${ACTIONS_ID_TOKEN_REQUEST_TOKEN-absent}]\"']";
    jobs(
        """
        may: {permissions: {id-token: write}, environment: "prod-${{ github.ref_name }}", runs-on: x, %1$s}
        all: {permissions: write-all, runs-on: x, %1$s}
        none: {runs-on: x, %1$s}
        read: {permissions: read-all, runs-on: x, %1$s}
        other: {permissions: {contents: write}, runs-on: x, %1$s}
        """
            .formatted(show));
    assertThat(run.granted)
        .containsExactly(
            new JobIdentity("may", "may", Optional.of("prod-main")),
            new JobIdentity("all", "all", Optional.empty()));
    assertThat(run.closed).isEqualTo(2);
    assertThat(output())
        .containsExactly(
            "[http://127.0.0.1:8787/_/idtoken?job=1] [***]",
            "[http://127.0.0.1:8787/_/idtoken?job=1] [***]",
            "[absent] [absent]",
            "[absent] [absent]",
            "[absent] [absent]");
  }

  @Test
  void a_pull_request_from_a_fork_gets_no_id_tokens_whatever_its_permissions_say() {
    run.readOnly = true;
    jobs(
        """
        may:
          permissions: {id-token: write}
          runs-on: x
          steps: [run: 'echo "[${ACTIONS_ID_TOKEN_REQUEST_URL-absent}] [${ACTIONS_ID_TOKEN_REQUEST_TOKEN-absent}]"']
        """);
    assertThat(run.granted).isEmpty();
    assertThat(output()).containsExactly("[absent] [absent]");
    assertThat(run.log.getFirst())
        .isEqualTo(
            "● may  (may not ask for ID tokens: what comes from a fork or from Dependabot only reads)");
  }

  @Test
  void a_job_for_another_machine_runs_here_and_the_log_says_so() {
    jobs("a: {runs-on: windows-latest, steps: [run: 'true']}\n");
    assertThat(run.text())
        .contains("  warning: the job asks for a machine with `windows`, and runs on this one");
  }

  @Test
  void the_url_of_the_environment_is_told() {
    jobs(
        """
        a:
          runs-on: x
          environment: {name: prod, url: "https://${{ steps.s.outputs.host }}/"}
          steps: [{id: s, run: echo host=example.com >> $GITHUB_OUTPUT}]
        """);
    assertThat(run.text()).contains("  notice: deployed to https://example.com/");
  }

  @Test
  void inputs_are_there_for_the_event_that_has_them() {
    run.event = "workflow_dispatch";
    run.inputs.put("stage", "prod");
    String workflow =
        """
        on:
          workflow_dispatch:
            inputs:
              stage: {type: choice, options: [dev, prod]}
              dry: {type: boolean, default: true}
        jobs:
          a: {runs-on: x, steps: [run: "echo ${{ inputs.stage }} ${{ inputs.dry && 'dry' }}"]}
        """;
    run.run(workflow);
    assertThat(output()).containsExactly("prod dry");
    run.inputs.put("stage", "other");
    assertThatThrownBy(() -> run.run(workflow))
        .hasMessage("the input `stage` is one of dev, prod, not `other`");
  }

  @Test
  void the_contexts_of_a_job_are_there() {
    run.vars.put("V", "variable");
    run.secrets.put("GITHUB_TOKEN", "ghs_token");
    run.machine.put("X", "not there");
    RunResult result =
        jobs(
            """
            a:
              runs-on: x
              steps:
                - run: echo "${{ vars.v }} ${{ job.status }} ${{ runner.os }} ${{ strategy.job-total }}"
                - run: test "${{ github.token }}" = ghs_token
                - run: echo "${{ github.token }} ${{ runner.temp == env.T }} ${{ env.X }}"
            """);
    assertThat(result.succeeded()).isTrue();
    assertThat(output().getFirst()).startsWith("variable success ").endsWith(" 1");
    assertThat(output().getLast()).isEqualTo("*** false");
  }

  @Test
  void a_result_tells_each_job_and_step() {
    RunResult result = jobs("a: {runs-on: x, steps: [{name: One, run: exit 2}]}\n");
    JobResult job = result.jobs().getFirst();
    assertThat(job.id()).isEqualTo("a");
    assertThat(job.duration()).hasMillis(300);
    assertThat(job.steps()).hasSize(1);
    assertThat(job.steps().getFirst().name()).isEqualTo("One");
    assertThat(job.steps().getFirst().duration()).hasMillis(100);
  }
}
