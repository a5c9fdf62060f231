package dev.tegata.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.arn.Arn;
import dev.tegata.database.Database;
import dev.tegata.database.DatabaseUrl;
import dev.tegata.database.Dialect;
import dev.tegata.database.PostgresqlProcess;
import dev.tegata.store.Identities;
import dev.tegata.store.IdentityStore;
import dev.tegata.store.PolicyUse;
import dev.tegata.store.Role;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A server that is killed at any moment, under load: nothing that a client was told of is lost,
/// and nothing is half done.
class CrashTest {
  private static final int CLIENTS = 4;
  private static final String POLICY = "arn:aws:iam::123456789012:policy/all";
  private static final String TRUST =
      """
      {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:AssumeRole",
       "Principal":{"AWS":"123456789012"}}}
      """;

  @TempDir private Path folder;

  private final Random random = new Random(7);
  private final AtomicInteger names = new AtomicInteger();
  private final AtomicInteger answers = new AtomicInteger();

  /// What clients were told is there, by the step that was acknowledged last.
  private final Map<String, Step> told = new ConcurrentHashMap<>();

  /// What clients have asked for and had no answer to.
  private final Set<String> unknown = ConcurrentHashMap.newKeySet();

  /// The objects that clients were told are there.
  private final Set<String> objects = ConcurrentHashMap.newKeySet();

  /// Answers that no client should get.
  private final Set<AssertionError> faults = ConcurrentHashMap.newKeySet();

  private enum Step {
    CREATED,
    ATTACHED,
    DETACHED,
    DELETED
  }

  @ParameterizedTest(name = "on {0}")
  @EnumSource(Dialect.class)
  void nothing_is_lost_in_three_crashes(Dialect dialect) {
    crash(dialect, 3);
  }

  @Tag("crash")
  @ParameterizedTest(name = "on {0}")
  @EnumSource(Dialect.class)
  void nothing_is_lost_in_a_hundred_crashes(Dialect dialect) {
    crash(dialect, 100);
  }

  private void crash(Dialect dialect, int times) {
    String url = dialect == Dialect.POSTGRESQL ? PostgresqlProcess.shared().newDatabase() : "";
    try (ServerProcess server = ServerProcess.start(folder, url)) {
      prepare(server);
    }
    for (int i = 0; i < times; i++) {
      try (ServerProcess server = ServerProcess.start(folder, url)) {
        loadAndKill(server);
      }
      try (Database database =
              url.isEmpty()
                  ? Database.open(folder.resolve("tegata.db"))
                  : Database.open(DatabaseUrl.parse(url));
          IdentityStore store = new IdentityStore(database)) {
        checkRoles(store.now());
      }
    }
    try (ServerProcess server = ServerProcess.start(folder, url)) {
      checkObjects(server);
    }
    assertThat(told.size()).as("roles that were told of").isGreaterThan(times);
  }

  private static void prepare(ServerProcess server) {
    assertThat(
            server
                .iam(
                    form(
                        "CreatePolicy",
                        "PolicyName",
                        "all",
                        "PolicyDocument",
                        """
                        {"Version":"2012-10-17",
                         "Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}
                        """))
                .status())
        .isEqualTo(200);
    assertThat(server.s3("PUT", "/crashes", "").status()).isEqualTo(200);
  }

  private static Map<String, String> form(String action, String... more) {
    return more.length == 2
        ? Map.of("Action", action, "Version", "2010-05-08", more[0], more[1])
        : Map.of("Action", action, "Version", "2010-05-08", more[0], more[1], more[2], more[3]);
  }

  private void loadAndKill(ServerProcess server) {
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(Thread.startVirtualThread(() -> workUntilGone(server)));
    }
    int enough = answers.get() + 5 + random.nextInt(60);
    try {
      while (answers.get() < enough && faults.isEmpty()) {
        Thread.sleep(random.nextInt(1, 4));
      }
      server.kill();
      for (Thread client : clients) {
        client.join();
      }
      assertThat(faults).isEmpty();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void workUntilGone(ServerProcess server) {
    while (true) {
      String name = "r" + names.incrementAndGet();
      try {
        work(server, name);
      } catch (UncheckedIOException e) {
        return; // killed in the midst of it
      } catch (AssertionError e) {
        faults.add(e);
        return;
      }
    }
  }

  private void work(ServerProcess server, String name) {
    step(
        name,
        Step.CREATED,
        server,
        form("CreateRole", "RoleName", name, "AssumeRolePolicyDocument", TRUST));
    assertThat(server.s3("PUT", "/crashes/" + name, name.repeat(100)).status()).isEqualTo(200);
    objects.add(name);
    step(
        name,
        Step.ATTACHED,
        server,
        form("AttachRolePolicy", "RoleName", name, "PolicyArn", POLICY));
    if (!name.endsWith("0")) {
      step(
          name,
          Step.DETACHED,
          server,
          form("DetachRolePolicy", "RoleName", name, "PolicyArn", POLICY));
      step(name, Step.DELETED, server, form("DeleteRole", "RoleName", name));
    }
  }

  private void step(String name, Step step, ServerProcess server, Map<String, String> form) {
    unknown.add(name);
    Answer answer = server.iam(form);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    told.put(name, step);
    answers.incrementAndGet();
    unknown.remove(name);
  }

  /// Each role is as its client was told, or one step further where the answer was lost; and the
  /// tables that follow from the roles do.
  private void checkRoles(Identities now) {
    told.forEach((name, step) -> {
      boolean isThere = now.role(RunningServer.ACCOUNT, name).isPresent();
      boolean isAttached =
          now.role(RunningServer.ACCOUNT, name)
              .filter(role -> !role.permissions().attached().isEmpty())
              .isPresent();
      boolean further = unknown.contains(name);
      switch (step) {
        case CREATED -> assertThat(isThere && (further || !isAttached)).as(name).isTrue();
        case ATTACHED -> assertThat(isThere && (further || isAttached)).as(name).isTrue();
        case DETACHED -> assertThat(!isAttached && (further || isThere)).as(name).isTrue();
        case DELETED -> assertThat(isThere).as(name).isFalse();
      }
    });
    List<Role> roles = now.roles(RunningServer.ACCOUNT);
    assertThat(now.roleCount(RunningServer.ACCOUNT)).isEqualTo(roles.size());
    Arn policy = Arn.parse(POLICY);
    long attached = roles.stream().filter(r -> r.permissions().attached().contains(policy)).count();
    assertThat(now.use(RunningServer.ACCOUNT, policy))
        .isEqualTo(new PolicyUse(policy, attached, 0));
  }

  private void checkObjects(ServerProcess server) {
    for (String name : objects) {
      assertThat(server.s3("GET", "/crashes/" + name, "").body())
          .as(name)
          .isEqualTo(name.repeat(100));
    }
  }
}
