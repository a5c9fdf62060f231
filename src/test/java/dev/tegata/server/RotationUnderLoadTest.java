package dev.tegata.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.sigv4.RequestSigner.Credentials;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The key that seals session tokens is replaced again and again while clients get sessions and use
/// them.
class RotationUnderLoadTest {
  private static final int ROTATIONS = 25;
  private static final int CLIENTS = 4;

  @Test
  void no_session_is_lost_while_keys_are_replaced(@TempDir Path data) throws Exception {
    Queue<Credentials> sessions = new ConcurrentLinkedQueue<>();
    AtomicBoolean isOver = new AtomicBoolean();
    try (RunningServer server =
            RunningServer.start(data, "", new SettableClock(WebIdentityCase.NOON));
        ForeignIssuer issuer = new ForeignIssuer();
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      server.create(WebIdentityCase.cloud(), Map.of("Issuer", issuer.url(), "Host", issuer.host()));
      List<Future<?>> work = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        work.add(
            clients.submit(() -> {
              while (!isOver.get()) {
                sessions.add(session(server, issuer));
                sessions.forEach(each -> use(server, each));
              }
            }));
      }
      try {
        for (int i = 0; i < ROTATIONS; i++) {
          int before = sessions.size();
          server.server().rotateSessionKeys();
          while (sessions.size() == before && work.stream().noneMatch(Future::isDone)) {
            LockSupport.parkNanos(1_000_000);
          }
        }
      } finally {
        isOver.set(true);
      }
      for (Future<?> each : work) {
        each.get(); // throws what a client met with
      }
      assertThat(sessions).hasSizeGreaterThanOrEqualTo(ROTATIONS);
      sessions.forEach(each -> use(server, each));
    }
  }

  private static Credentials session(RunningServer server, ForeignIssuer issuer) {
    Answer answer =
        server.exchange(
            WebIdentityCase.ROLE, "run-1", issuer.token(WebIdentityCase.goodClaims(issuer)));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return RunningServer.credentials(answer);
  }

  private static void use(RunningServer server, Credentials session) {
    Answer answer = server.callerIdentity(session);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }
}
