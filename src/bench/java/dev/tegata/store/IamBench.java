package dev.tegata.store;

import static dev.tegata.store.ManyRoles.ACCOUNT;

import dev.tegata.database.Database;
import dev.tegata.database.DatabaseUrl;
import dev.tegata.database.Dialect;
import dev.tegata.database.PostgresqlProcess;
import dev.tegata.policy.PolicySet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/// What it costs to create, to find and to ask roles, with few of them and with a million, on a
/// database that waits for its disk. The budget: a decision costs the same with either number.
///
/// `./check bench Iam` takes a quarter of an hour, of which filling the databases is the most.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 2)
public class IamBench {
  private static final String NAME = "role-%08d";

  @Param public Dialect dialect;

  @Param({"100", "10000", "1000000"})
  public int roles;

  private final AtomicInteger created = new AtomicInteger(10_000_000);
  private Optional<PostgresqlProcess> postgresql = Optional.empty();
  private Path folder;
  private Database database;
  private IdentityStore store;
  private Role hot;

  @Setup(Level.Trial)
  public void fill() throws IOException {
    folder = Files.createTempDirectory("iam-bench");
    if (dialect == Dialect.POSTGRESQL) {
      postgresql = Optional.of(PostgresqlProcess.start(true));
      database = Database.open(DatabaseUrl.parse(postgresql.get().emptyDatabase()));
    } else {
      database = Database.open(folder.resolve("tegata.db"));
    }
    ManyRoles.fill(database, roles);
    store = new IdentityStore(database);
    hot = store.now().role(ACCOUNT, NAME.formatted(roles / 2)).orElseThrow();
  }

  @TearDown(Level.Trial)
  public void end() throws IOException {
    store.close();
    database.close();
    postgresql.ifPresent(PostgresqlProcess::close);
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  /// The policies that bear on a caller, as each request asks for them.
  @Benchmark
  public PolicySet permissionsOfABusyRole() {
    return store.now().permissions(hot);
  }

  /// GetRole, of a role that is asked for often.
  @Benchmark
  public Optional<Role> findABusyRole() {
    return store.now().role(ACCOUNT, hot.name());
  }

  /// GetRole, of any role: with a million, seldom one that is remembered.
  @Benchmark
  @Threads(4)
  public Optional<Role> findAnyRole() {
    int number = ThreadLocalRandom.current().nextInt(roles);
    return store.now().role(ACCOUNT, NAME.formatted(number));
  }

  /// CreateRole, durable, by one client after another.
  @Benchmark
  public Role create() {
    return store.change(change -> {
      Role role = ManyRoles.role(created.incrementAndGet());
      if (change.now().role(ACCOUNT, role.name()).isEmpty()) {
        change.put(role);
      }
      return role;
    });
  }

  /// The first page of a list.
  @Benchmark
  public int list() {
    return store.now().roles(ACCOUNT, Slice.first(101)).size();
  }
}
