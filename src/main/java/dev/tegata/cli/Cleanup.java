package dev.tegata.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Holds the end of the process back until what was opened is closed, when somebody presses Ctrl-C.
///
/// Opened first in a `try`, it is closed last.
final class Cleanup implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 30;

  private final CountDownLatch done = new CountDownLatch(1);
  private final Runnable begin;
  private final Thread hook = Thread.ofPlatform().unstarted(this::endProcess);

  /// `begin` is run when the process is told to end.
  Cleanup(Runnable begin) {
    this.begin = begin;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void endProcess() {
    begin.run();
    try {
      if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        Thread.currentThread().interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    done.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      done.countDown(); // the process is ending already, and the hook was waiting for this
    }
  }
}
