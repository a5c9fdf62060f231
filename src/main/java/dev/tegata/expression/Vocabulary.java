package dev.tegata.expression;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// What the expressions at one place of a workflow file may use.
///
/// `contexts` are lower-case names; of `functions`, only those that are not allowed everywhere need
/// to be named. `namesJobs` says that `success` and `failure` may be asked about single jobs.
///
/// Source:
/// <https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#context-availability>
public record Vocabulary(Set<String> contexts, Set<Function> functions, boolean namesJobs) {
  public Vocabulary {
    contexts = Set.copyOf(contexts);
    functions = Set.copyOf(functions);
  }

  String requireContext(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (!contexts.contains(lower)) {
      throw new ExpressionException(
          contexts.isEmpty()
              ? "`%s`: no context can be used here".formatted(name)
              : "`%s` is no context that can be used here: %s"
                  .formatted(name, Nearest.offer(name, contexts)));
    }
    return lower;
  }

  Function requireFunction(String name, int arguments) {
    for (Function function : Function.values()) {
      if (function.spelling().equalsIgnoreCase(name)) {
        if (!function.isGeneral() && !functions.contains(function)) {
          throw new ExpressionException(
              "the function `%s` cannot be used here".formatted(function.spelling()));
        }
        function.requireArguments(arguments);
        if (function.isStatus() && arguments > 0 && !namesJobs) {
          throw new ExpressionException(
              "`%s` takes names of jobs in the `if` of a job only".formatted(name));
        }
        return function;
      }
    }
    Set<String> known = new TreeSet<>();
    for (Function function : Function.values()) {
      known.add(function.spelling());
    }
    throw new ExpressionException(
        "there is no function `%s`: %s".formatted(name, Nearest.offer(name, known)));
  }
}
