package dev.tegata.runner;

import dev.tegata.runner.StepProcess.Patience;
import dev.tegata.workflow.Workflow;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;

/// Runs workflows on this machine.
public final class Runner {
  private final RunSettings settings;
  private final IdTokenSource idTokens;
  private final LogSink sink;
  private final Clock clock;

  /// `clock` tells how long jobs and steps took, and no more than that.
  public Runner(RunSettings settings, IdTokenSource idTokens, LogSink sink, Clock clock) {
    this.settings = settings;
    this.idTokens = idTokens;
    this.sink = sink;
    this.clock = clock;
  }

  /// What the parts of one run share.
  record Session(
      RunSettings settings,
      IdTokenSource idTokens,
      Log log,
      Masker masker,
      Clock clock,
      Cancellation cancellation,
      Patience patience) {}

  /// Runs `workflow`, its jobs one after the other.
  ///
  /// Interrupting the calling thread cancels the run: the step under way is stopped, and of the
  /// rest only those run that ask to by `always()` or `cancelled()`. Nothing is left behind then
  /// either, nor when the whole process is told to end. The thread is still interrupted afterwards.
  ///
  /// @throws IllegalArgumentException when the inputs are not those that the workflow asks for, or
  ///   the event's payload is not JSON
  public RunResult run(Workflow workflow) {
    return run(workflow, Patience.USUAL);
  }

  RunResult run(Workflow workflow, Patience patience) {
    Masker masker = new Masker();
    masker.addAll(settings.values().secrets().values());
    Log log = new Log(sink, masker, settings.color());
    Cancellation cancellation = new Cancellation();
    JobGraph jobs =
        new JobGraph(
            new Session(settings, idTokens, log, masker, clock, cancellation, patience), workflow);
    CountDownLatch over = new CountDownLatch(1);
    Thread runner = Thread.currentThread();
    Thread onExit =
        Thread.ofPlatform()
            .unstarted(() -> {
              runner.interrupt();
              await(over);
            });
    Runtime.getRuntime().addShutdownHook(onExit);
    try {
      return jobs.run();
    } finally {
      over.countDown();
      forget(onExit);
      if (cancellation.isRequested()) {
        runner.interrupt();
      }
    }
  }

  private static void await(CountDownLatch over) {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void forget(Thread onExit) {
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException e) {
      // the process is ending, and the hook has done its work
    }
  }
}
