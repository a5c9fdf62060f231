package dev.tegata.runner;

import dev.tegata.expression.Scope;
import dev.tegata.expression.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The contexts at one moment of a run, and how it has gone up to there.
record Contexts(Map<String, Value> values, Progress progress, FileHash hash) implements Scope {
  Contexts {
    values = Map.copyOf(values);
  }

  /// What the status functions ask.
  interface Progress {
    /// How the named jobs came out together, or all that came before when none is named.
    Conclusion before(List<String> jobs);

    boolean isCancelled();
  }

  /// With these contexts in place of those of the same names.
  Contexts with(Map<String, ? extends Value> more) {
    Map<String, Value> all = new HashMap<>(values);
    all.putAll(more);
    return new Contexts(all, progress, hash);
  }

  Contexts with(Progress other) {
    return new Contexts(values, other, hash);
  }

  Contexts with(FileHash other) {
    return new Contexts(values, progress, other);
  }

  @Override
  public Value context(String name) {
    return values.getOrDefault(name, new Value.Null());
  }

  @Override
  public boolean success(List<String> jobs) {
    return progress.before(jobs) == Conclusion.SUCCESS;
  }

  @Override
  public boolean failure(List<String> jobs) {
    return progress.before(jobs) == Conclusion.FAILURE;
  }

  @Override
  public boolean cancelled() {
    return progress.isCancelled();
  }

  @Override
  public String hashFiles(List<String> patterns) {
    return hash.of(patterns);
  }
}
