package dev.tegata.server;

import dev.tegata.keys.RotatingRing;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks every hour whether the key that seals session tokens has served its time.
final class KeyRotation implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KeyRotation.class);

  private final CountDownLatch end = new CountDownLatch(1);
  private final RotatingRing ring;

  private KeyRotation(RotatingRing ring) {
    this.ring = ring;
  }

  /// Looks at once, and from then on every hour.
  static KeyRotation start(RotatingRing ring) {
    KeyRotation rotation = new KeyRotation(ring);
    Thread.ofVirtual().name("key rotation").start(rotation::run);
    return rotation;
  }

  private void run() {
    try {
      do {
        rotate();
      } while (!end.await(1, TimeUnit.HOURS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// A failure is of no consequence yet: the old key goes on.
  private void rotate() {
    try {
      ring.rotateIfDue();
    } catch (RuntimeException e) {
      LOG.error("the key of session tokens could not be replaced; the old one goes on", e);
    }
  }

  @Override
  public void close() {
    end.countDown();
  }
}
