package dev.tegata.authentication;

import dev.tegata.authentication.Caller.RoleSession;
import dev.tegata.authentication.Caller.Root;
import dev.tegata.authentication.Caller.User;
import dev.tegata.database.Database;
import dev.tegata.sigv4.CredentialScope;
import dev.tegata.store.LastUse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Remembers when roles and access keys were last used, and writes that down every minute and at
/// the end: a request costs a look into a map, and what a server has seen in its last minute is
/// lost when it is killed. AWS tells such things hours later.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed.html>
public final class LastUses implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LastUses.class);
  private static final Duration INTERVAL = Duration.ofMinutes(1);

  /// Who is not among the first so many of a minute is passed over in it, so that memory is
  /// bounded.
  private static final int MAX_REMEMBERED = 200_000;

  private final Map<String, LastUse> recent = new ConcurrentHashMap<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private final Database database;
  private final Thread writer;

  private LastUses(Database database) {
    this.database = database;
    this.writer = Thread.ofVirtual().name("last uses").unstarted(this::run);
  }

  /// Starts writing to `database`.
  public static LastUses in(Database database) {
    LastUses uses = new LastUses(database);
    uses.writer.start();
    return uses;
  }

  /// Notes that `caller` has signed a request for the service and region of `scope`.
  void note(Caller caller, CredentialScope scope, Instant at) {
    switch (caller) {
      case RoleSession(var _, var _, var role) -> note(role.id().text(), scope, at);
      case User(var _, var accessKeyId) -> note(accessKeyId, scope, at);
      case Root(var _, var accessKeyId) -> note(accessKeyId, scope, at);
      case Caller.RootSession _, Caller.UserSession _, Caller.Federated _ -> {}
    }
  }

  private void note(String id, CredentialScope scope, Instant at) {
    LastUse last = recent.get(id);
    boolean isKnown = last != null && !at.isAfter(last.at().plusSeconds(1));
    if (!isKnown && (last != null || recent.size() < MAX_REMEMBERED)) {
      recent.put(id, new LastUse(id, at, scope.service(), scope.region()));
    }
  }

  private void run() {
    try {
      while (!end.await(INTERVAL.toSeconds(), TimeUnit.SECONDS)) {
        write();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Writes down what was noted since the last time; what cannot be written is tried again.
  void write() {
    List<LastUse> uses = new ArrayList<>(recent.values());
    if (uses.isEmpty()) {
      return;
    }
    try {
      LastUse.write(uses, database);
      uses.forEach(use -> recent.remove(use.id(), use));
    } catch (RuntimeException e) {
      LOG.warn("when roles and keys were last used could not be written", e);
    }
  }

  @Override
  public void close() {
    end.countDown();
    boolean interrupted = false;
    try {
      writer.join();
    } catch (InterruptedException e) {
      interrupted = true;
    }
    write();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
