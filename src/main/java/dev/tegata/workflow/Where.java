package dev.tegata.workflow;

import static dev.tegata.expression.Function.ALWAYS;
import static dev.tegata.expression.Function.CANCELLED;
import static dev.tegata.expression.Function.FAILURE;
import static dev.tegata.expression.Function.HASH_FILES;
import static dev.tegata.expression.Function.SUCCESS;

import dev.tegata.expression.Function;
import dev.tegata.expression.Vocabulary;
import java.util.Set;

/// The places of a workflow file that take expressions, and what each may use.
///
/// Source:
/// <https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#context-availability>
enum Where {
  NOWHERE(Set.of()),
  RUN(Set.of("github", "inputs", "vars")),
  WORKFLOW_ENV(Set.of("github", "inputs", "vars", "secrets")),
  JOB_IF(Set.of("github", "inputs", "vars", "needs"), Set.of(ALWAYS, SUCCESS, FAILURE, CANCELLED)),
  STRATEGY(Set.of("github", "inputs", "vars", "needs")),
  JOB(Set.of("github", "inputs", "vars", "needs", "strategy", "matrix")),
  JOB_ENV(Set.of("github", "inputs", "vars", "needs", "strategy", "matrix", "secrets")),
  JOB_DEFAULTS(Set.of("github", "inputs", "vars", "needs", "strategy", "matrix", "env")),
  ENVIRONMENT_URL(
      Set.of(
          "github",
          "inputs",
          "vars",
          "needs",
          "strategy",
          "matrix",
          "steps",
          "job",
          "runner",
          "env")),
  OUTPUTS(
      Set.of(
          "github",
          "inputs",
          "vars",
          "needs",
          "strategy",
          "matrix",
          "secrets",
          "steps",
          "job",
          "runner",
          "env")),
  STEP(OUTPUTS.vocabulary.contexts(), Set.of(HASH_FILES)),
  STEP_IF(
      ENVIRONMENT_URL.vocabulary.contexts(),
      Set.of(ALWAYS, SUCCESS, FAILURE, CANCELLED, HASH_FILES));

  private final Vocabulary vocabulary;

  Where(Set<String> contexts) {
    this(contexts, Set.of());
  }

  Where(Set<String> contexts, Set<Function> functions) {
    boolean namesJobs = functions.contains(SUCCESS) && !contexts.contains("steps");
    this.vocabulary = new Vocabulary(contexts, functions, namesJobs);
  }

  Vocabulary vocabulary() {
    return vocabulary;
  }
}
