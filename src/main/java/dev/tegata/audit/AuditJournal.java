package dev.tegata.audit;

import dev.tegata.audit.AuditEvent.AccessRequested;
import dev.tegata.audit.AuditEvent.Changed;
import dev.tegata.audit.AuditEvent.JobChanged;
import dev.tegata.audit.AuditEvent.ManagementRequested;
import dev.tegata.audit.AuditEvent.RoleRequested;
import dev.tegata.audit.AuditEvent.SignatureRefused;
import dev.tegata.audit.AuditEvent.TokenIssued;
import dev.tegata.audit.AuditEvent.TokenRefused;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// An audit log in a file, one JSON object a line.
///
/// Management events are on the disk before the client gets its answer. One thread writes what has
/// come together and syncs once for all of it, so the price of durability is shared: while several
/// clients wait at a time, it begins a sync at most every [#PACE]. Accesses to objects, which are
/// many, are written in the same order but nobody waits.
public final class AuditJournal implements AuditLog, AutoCloseable {
  private static final int MAX_BATCH = 1024;

  /// Shorter than a sync takes on most disks. Each sync costs the processor more than an exchange
  /// of a token does, and a client that is alone never waits for it.
  private static final Duration PACE = Duration.ofMillis(2);

  /// Comes last of all.
  private static final Line END = new Line(ByteBuffer.allocate(0), new CompletableFuture<>());

  private record Line(ByteBuffer json, CompletableFuture<Boolean> written) {}

  private final FileChannel file;
  private final BlockingQueue<Line> queue = new LinkedBlockingQueue<>();
  private final AtomicBoolean isClosed = new AtomicBoolean();
  private volatile boolean isBroken;
  private final Thread writer;

  /// Goes on at the end of `path`, or makes it.
  ///
  /// @throws AuditFailure when the file cannot be opened
  public AuditJournal(Path path) {
    try {
      file =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new AuditFailure("the audit log " + path + " cannot be written", e);
    }
    writer = Thread.ofPlatform().name("audit").daemon().start(this::writeUntilClosed);
  }

  @Override
  public void record(AuditEvent event) {
    if (isBroken) {
      throw new AuditFailure("the audit log cannot be written", new IllegalStateException());
    }
    Line line = new Line(ByteBuffer.wrap(AuditJson.lines(event)), new CompletableFuture<>());
    queue.add(line);
    if (isClosed.get() && queue.remove(line)) { // nobody would write it any more
      throw new AuditFailure("the audit log is closed", new IllegalStateException());
    }
    if (isManagement(event)) {
      try {
        line.written().join();
      } catch (CompletionException e) {
        throw new AuditFailure("an event could not be written to the audit log", e);
      }
    }
  }

  private static boolean isManagement(AuditEvent event) {
    return switch (event) {
      case JobChanged _,
          Changed _,
          TokenIssued _,
          TokenRefused _,
          RoleRequested _,
          ManagementRequested _ ->
          true;
      case SignatureRefused refused -> !refused.operation().service().equals("s3");
      case AccessRequested access -> !access.action().startsWith("s3:");
    };
  }

  private void writeUntilClosed() {
    long begun = System.nanoTime();
    List<Line> batch = new ArrayList<>();
    while (!batch.contains(END)) {
      boolean isShared = batch.size() > 1;
      batch.clear();
      try {
        batch.add(queue.take());
        if (isShared) {
          LockSupport.parkNanos(begun + PACE.toNanos() - System.nanoTime());
        }
        queue.drainTo(batch, MAX_BATCH - 1);
        begun = System.nanoTime();
        write(batch);
        batch.forEach(line -> line.written().complete(true));
      } catch (IOException e) {
        isBroken = true; // from now on everything is refused, until somebody has looked
        batch.forEach(line -> line.written().completeExceptionally(e));
      } catch (InterruptedException e) {
        throw new IllegalStateException("nobody interrupts this thread", e);
      }
    }
  }

  private void write(List<Line> batch) throws IOException {
    ByteBuffer[] lines = batch.stream().map(Line::json).toArray(ByteBuffer[]::new);
    long left = batch.stream().mapToLong(line -> line.json().remaining()).sum();
    while (left > 0) {
      left -= file.write(lines);
    }
    file.force(false);
  }

  @Override
  public void close() {
    if (isClosed.getAndSet(true)) {
      return;
    }
    queue.add(END); // an interrupt amid a write would close the file
    try {
      writer.join();
      file.close();
    } catch (IOException e) {
      throw new AuditFailure("the audit log could not be closed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
