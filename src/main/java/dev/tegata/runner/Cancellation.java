package dev.tegata.runner;

/// Whether the run is to stop: the thread that runs it was interrupted.
///
/// The first interruption cancels the run, after which steps still run that ask to by `always()` or
/// `cancelled()`; the second ends those too. Used by that thread only.
final class Cancellation {
  private int interruptions;

  /// Says that the thread was interrupted while it waited.
  void interrupted() {
    interruptions++;
  }

  boolean isRequested() {
    if (Thread.interrupted()) {
      interruptions++;
    }
    return interruptions > 0;
  }

  boolean isFinal() {
    return isRequested() && interruptions > 1;
  }
}
