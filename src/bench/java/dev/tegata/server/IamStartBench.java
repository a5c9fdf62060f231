package dev.tegata.server;

import dev.tegata.database.Database;
import dev.tegata.database.DatabaseUrl;
import dev.tegata.database.Dialect;
import dev.tegata.database.PostgresqlProcess;
import dev.tegata.store.ManyRoles;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/// How long a server takes to its first answer with few roles and with a million, and how much
/// memory it has then, which is printed. The budget: ten seconds with a million roles.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 1)
@Measurement(iterations = 5)
public class IamStartBench {
  @Param public Dialect dialect;

  @Param({"100", "10000", "1000000"})
  public int roles;

  private Optional<PostgresqlProcess> postgresql = Optional.empty();
  private String url = "";
  private Path folder;

  @Setup(Level.Trial)
  public void fill() throws IOException {
    folder = Files.createTempDirectory("iam-start-bench");
    if (dialect == Dialect.POSTGRESQL) {
      postgresql = Optional.of(PostgresqlProcess.start(true));
      url = postgresql.get().emptyDatabase();
    }
    ServerProcess.start(folder, url).close(); // makes the master key and the account
    try (Database database = open()) {
      ManyRoles.fill(database, roles);
    }
  }

  private Database open() {
    return url.isEmpty()
        ? Database.open(folder.resolve("tegata.db"))
        : Database.open(DatabaseUrl.parse(url));
  }

  @TearDown(Level.Trial)
  public void end() throws IOException {
    postgresql.ifPresent(PostgresqlProcess::close);
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException fault)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  @Benchmark
  public int start() throws IOException {
    try (ServerProcess server = ServerProcess.start(folder, url)) {
      int status = server.s3("GET", "/", "").status();
      Files.readAllLines(Path.of("/proc/" + server.pid() + "/status")).stream()
          .filter(line -> line.startsWith("VmRSS"))
          .forEach(System.out::println);
      return status;
    }
  }
}
