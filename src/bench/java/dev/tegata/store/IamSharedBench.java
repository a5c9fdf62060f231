package dev.tegata.store;

import static dev.tegata.store.ManyRoles.ACCOUNT;

import dev.tegata.database.Database;
import dev.tegata.database.DatabaseUrl;
import dev.tegata.database.PostgresqlProcess;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// How long until a role that one server has created is found at another one, which had looked for
/// it before: the creation, its way, and the look. The budget: a second.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 5)
public class IamSharedBench {
  private final AtomicInteger created = new AtomicInteger();
  private PostgresqlProcess postgresql;
  private Database here;
  private Database there;
  private IdentityStore writer;
  private IdentityStore reader;

  @Setup(Level.Trial)
  public void start() {
    postgresql = PostgresqlProcess.start(true);
    DatabaseUrl url = DatabaseUrl.parse(postgresql.emptyDatabase());
    here = Database.open(url);
    there = Database.open(url);
    ManyRoles.fill(here, 1);
    writer = new IdentityStore(here);
    reader = new IdentityStore(there);
  }

  @TearDown(Level.Trial)
  public void end() {
    writer.close();
    reader.close();
    here.close();
    there.close();
    postgresql.close();
  }

  @Benchmark
  public int seenElsewhere() {
    Role role = ManyRoles.role(created.incrementAndGet());
    int looks = 1;
    if (reader.now().role(ACCOUNT, role.name()).isPresent()) {
      throw new IllegalStateException("it is there already");
    }
    writer.change(change -> {
      change.put(role);
      return role;
    });
    while (reader.now().role(ACCOUNT, role.name()).isEmpty()) {
      looks++;
      Thread.onSpinWait();
    }
    return looks;
  }
}
