package dev.tegata.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Runs one process and hands on what it prints, line by line.
///
/// The process waits while nobody takes its lines, so that no flood of them fills the memory. One
/// that is to stop is asked three times, each less kindly than before: SIGINT, SIGTERM, SIGKILL,
/// sent to all that descends from it.
final class StepProcess {
  static final int MAX_LINE_BYTES = 1 << 18;
  private static final int LINES_AHEAD = 64;
  private static final Duration TICK = Duration.ofMillis(50);

  private final Patience patience;
  private final Cancellation cancellation;
  private final BlockingQueue<Optional<String>> lines = new ArrayBlockingQueue<>(LINES_AHEAD);
  private volatile boolean nobodyReads;
  private long askAgainNanos;
  private int asked;

  StepProcess(Patience patience, Cancellation cancellation) {
    this.patience = patience;
    this.cancellation = cancellation;
  }

  /// How long a process is waited for: after SIGINT, after SIGTERM, and, when it has ended, for
  /// others to which it has left its output.
  record Patience(Duration afterInt, Duration afterTerm, Duration afterEnd) {
    static final Patience USUAL =
        new Patience(Duration.ofMillis(7500), Duration.ofMillis(2500), Duration.ofSeconds(5));
  }

  record Command(List<String> words, Map<String, String> env, Path folder) {
    Command {
      words = List.copyOf(words);
      env = Map.copyOf(env);
    }
  }

  /// How a process ended.
  sealed interface Ending {
    record Exited(int code) implements Ending {}

    record TimedOut() implements Ending {}

    record Cancelled() implements Ending {}
  }

  /// Runs `command` until it ends, or has to by `deadlineNanos`, a time of [System#nanoTime()].
  Ending run(Command command, long deadlineNanos, Consumer<String> output) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command.words())
            .directory(command.folder().toFile())
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"));
    builder.environment().clear();
    builder.environment().putAll(command.env());
    Process process = builder.start();
    Thread.ofPlatform()
        .daemon()
        .name("tegata-step-" + process.pid())
        .start(() -> pump(process.getInputStream()));
    try {
      return follow(process, deadlineNanos, output);
    } finally {
      nobodyReads = true;
      if (process.isAlive()) {
        ProcessTree.kill(process.toHandle());
      }
    }
  }

  private Ending follow(Process process, long deadlineNanos, Consumer<String> output) {
    boolean wasCancelled = cancellation.isRequested();
    Optional<Ending> forced = Optional.empty();
    Optional<Long> endNanos = Optional.empty();
    boolean closed = false;
    while (true) {
      closed = closed ? await(process) : takeLine(output);
      if (forced.isEmpty()) {
        forced = reasonToStop(wasCancelled, deadlineNanos);
      }
      if (forced.isPresent()) {
        press(process);
      }
      if (!process.isAlive()) {
        endNanos = Optional.of(endNanos.orElseGet(System::nanoTime));
        if (closed || System.nanoTime() - endNanos.get() >= patience.afterEnd().toNanos()) {
          return forced.orElseGet(() -> new Ending.Exited(process.exitValue()));
        }
      }
    }
  }

  private Optional<Ending> reasonToStop(boolean wasCancelled, long deadlineNanos) {
    if (wasCancelled ? cancellation.isFinal() : cancellation.isRequested()) {
      return Optional.of(new Ending.Cancelled());
    }
    return System.nanoTime() - deadlineNanos >= 0
        ? Optional.of(new Ending.TimedOut())
        : Optional.empty();
  }

  /// Asks the process to stop, if it is time to ask again.
  private void press(Process process) {
    if (cancellation.isFinal()) {
      ProcessTree.kill(process.toHandle());
    }
    if (asked > 2 || (asked > 0 && System.nanoTime() - askAgainNanos < 0)) {
      return;
    }
    Duration patient = Duration.ZERO;
    switch (asked++) {
      case 0 -> {
        ProcessTree.signal(process.toHandle(), "INT");
        patient = patience.afterInt();
      }
      case 1 -> {
        ProcessTree.signal(process.toHandle(), "TERM");
        patient = patience.afterTerm();
      }
      default -> ProcessTree.kill(process.toHandle());
    }
    askAgainNanos = System.nanoTime() + patient.toNanos();
  }

  /// Hands on a line if one comes soon, and says whether that was the last.
  private boolean takeLine(Consumer<String> output) {
    try {
      Optional<String> line = lines.poll(TICK.toMillis(), TimeUnit.MILLISECONDS);
      if (line == null) {
        return false;
      }
      line.ifPresent(output);
      return line.isEmpty();
    } catch (InterruptedException e) {
      cancellation.interrupted();
      return false;
    }
  }

  /// Waits for a process that has closed its output.
  private boolean await(Process process) {
    try {
      process.waitFor(TICK.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      cancellation.interrupted();
    }
    return true;
  }

  /// Reads lines until the output is closed, and goes on reading when nobody wants them any more:
  /// what a step has left in the background must not die of a closed pipe.
  private void pump(InputStream stream) {
    try (InputStream in = new BufferedInputStream(stream)) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int b = in.read(); b >= 0; b = in.read()) {
        if (b == '\n') {
          offer(line);
        } else if (line.size() < MAX_LINE_BYTES) {
          line.write(b);
        }
      }
      if (line.size() > 0) {
        offer(line);
      }
      put(Optional.empty());
    } catch (IOException e) {
      put(Optional.empty());
    }
  }

  private void offer(ByteArrayOutputStream line) {
    put(Optional.of(line.toString(UTF_8)));
    line.reset();
  }

  private void put(Optional<String> line) {
    try {
      boolean done = nobodyReads;
      while (!done) {
        done = lines.offer(line, TICK.toMillis(), TimeUnit.MILLISECONDS) || nobodyReads;
      }
    } catch (InterruptedException e) {
      nobodyReads = true;
    }
  }
}
