package dev.tegata.workflow;

import static dev.tegata.expression.Function.ALWAYS;
import static dev.tegata.expression.Function.CANCELLED;
import static dev.tegata.expression.Function.FAILURE;
import static dev.tegata.expression.Function.HASH_FILES;
import static dev.tegata.expression.Function.SUCCESS;

import dev.tegata.expression.Function;
import dev.tegata.expression.Vocabulary;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The places of a workflow file that take expressions, and what each may use.
///
/// Source:
/// <https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#context-availability>
final class Where {
  private static final Set<Function> STATUS = Set.of(ALWAYS, SUCCESS, FAILURE, CANCELLED);

  static final Vocabulary NOWHERE = new Vocabulary(Set.of(), Set.of(), false);
  static final Vocabulary RUN = contexts(NOWHERE, "github", "inputs", "vars");
  static final Vocabulary WORKFLOW_ENV = contexts(RUN, "secrets");
  static final Vocabulary STRATEGY = contexts(RUN, "needs");
  static final Vocabulary JOB_IF = new Vocabulary(STRATEGY.contexts(), STATUS, true);
  static final Vocabulary JOB = contexts(STRATEGY, "strategy", "matrix");
  static final Vocabulary JOB_ENV = contexts(JOB, "secrets");
  static final Vocabulary JOB_DEFAULTS = contexts(JOB, "env");
  static final Vocabulary ENVIRONMENT_URL = contexts(JOB_DEFAULTS, "steps", "job", "runner");
  static final Vocabulary OUTPUTS = contexts(ENVIRONMENT_URL, "secrets");
  static final Vocabulary STEP = new Vocabulary(OUTPUTS.contexts(), Set.of(HASH_FILES), false);
  static final Vocabulary STEP_IF =
      new Vocabulary(
          ENVIRONMENT_URL.contexts(),
          Set.of(ALWAYS, SUCCESS, FAILURE, CANCELLED, HASH_FILES),
          false);

  private Where() {}

  private static Vocabulary contexts(Vocabulary before, String... more) {
    Set<String> contexts = new HashSet<>(before.contexts());
    contexts.addAll(List.of(more));
    return new Vocabulary(contexts, Set.of(), false);
  }
}
