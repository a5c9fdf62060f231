package dev.tegata.runner;

import java.util.Locale;

/// How a step or a job came out.
///
/// Source:
/// <https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#steps-context>
public enum Conclusion {
  SUCCESS,
  FAILURE,
  CANCELLED,
  SKIPPED;

  /// The word that expressions compare with, such as `success`.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The conclusion of several jobs of one matrix.
  static Conclusion ofAll(Iterable<Conclusion> conclusions) {
    Conclusion all = SKIPPED;
    for (Conclusion one : conclusions) {
      all = all == SKIPPED || one.weight() > all.weight() ? one : all;
    }
    return all;
  }

  private int weight() {
    return switch (this) {
      case SKIPPED -> 0;
      case SUCCESS -> 1;
      case CANCELLED -> 2;
      case FAILURE -> 3;
    };
  }
}
