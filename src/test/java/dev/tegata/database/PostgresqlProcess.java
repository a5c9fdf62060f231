package dev.tegata.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// A PostgreSQL server of the tests' own, on a free loopback port, with its data in a temporary
/// folder. It is run by the user `postgres` where the tests are run by root, which it refuses.
///
/// A shell stands between: it stops the server when its own input ends, so that the server goes
/// however this process ends. Names sort as in English, which is not how bytes sort.
public final class PostgresqlProcess implements AutoCloseable {
  private static final String USER = "tegata";
  private static final String PASSWORD = "p@ss:w/rd%";
  private static final Duration START = Duration.ofSeconds(30);
  private static final AtomicInteger NAMES = new AtomicInteger();

  private static Optional<PostgresqlProcess> shared = Optional.empty();

  private final Path bin;
  private final Path folder;
  private final int port;
  private Optional<Process> shell = Optional.empty();
  private String template = "";

  private final boolean syncs;

  private PostgresqlProcess(Path bin, Path folder, int port, boolean syncs) {
    this.bin = bin;
    this.folder = folder;
    this.port = port;
    this.syncs = syncs;
  }

  /// The one that all tests share, started at the first question.
  public static synchronized PostgresqlProcess shared() {
    if (shared.isEmpty()) {
      PostgresqlProcess started = start();
      Runtime.getRuntime().addShutdownHook(new Thread(started::close));
      shared = Optional.of(started);
    }
    return shared.get();
  }

  /// A new server, which does not wait for the disk.
  public static PostgresqlProcess start() {
    return start(false);
  }

  /// A new server, which waits for the disk at each commit if it `syncs`, as a real one does.
  public static PostgresqlProcess start(boolean syncs) {
    try {
      Path bin = programs();
      Path folder = Files.createTempDirectory("tegata-postgresql");
      Path password = Files.writeString(folder.resolve("password"), PASSWORD);
      if (isRoot()) {
        run(List.of("chown", "-R", "postgres", folder.toString()));
      }
      List<String> init = new ArrayList<>(asOwner());
      init.addAll(
          List.of(
              bin.resolve("initdb").toString(),
              "--no-sync",
              "-D",
              folder + "/data",
              "-U",
              USER,
              "-E",
              "UTF8",
              "--locale=C",
              "--locale-provider=icu",
              "--icu-locale=en-US",
              "-A",
              "scram-sha-256",
              "--pwfile=" + password));
      run(init);
      PostgresqlProcess server = new PostgresqlProcess(bin, folder, freePort(), syncs);
      server.resume();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where `initdb` and `postgres` are.
  private static Path programs() throws IOException {
    List<Path> folders = new ArrayList<>();
    Path debian = Path.of("/usr/lib/postgresql");
    if (Files.isDirectory(debian)) {
      try (Stream<Path> versions = Files.list(debian)) {
        versions.sorted().map(version -> version.resolve("bin")).forEach(folders::add);
      }
    }
    for (String each : System.getenv("PATH").split(":", -1)) {
      folders.add(Path.of(each));
    }
    return folders.stream()
        .filter(each -> Files.isExecutable(each.resolve("initdb")))
        .filter(each -> Files.isExecutable(each.resolve("postgres")))
        .findFirst()
        .orElseThrow(() ->
            new AssertionError(
                "these tests need PostgreSQL, and there is no `initdb` in /usr/lib/postgresql/*/bin"
                    + " or the PATH; install it (Debian: apt-get install postgresql)"));
  }

  private static boolean isRoot() throws IOException {
    return Files.getOwner(Files.createTempFile("owner", "")).getName().equals("root");
  }

  private static List<String> asOwner() throws IOException {
    return isRoot()
        ? List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups")
        : List.of();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.onExit().join().exitValue() != 0) {
      throw new AssertionError(command + ": " + output);
    }
  }

  /// Starts the server again after a [#stop] or [#kill].
  public void resume() {
    try {
      List<String> command = new ArrayList<>(asOwner());
      command.addAll(
          List.of(
              "sh",
              "-c",
              "\"$@\" & server=$!; echo $server > ../pid; cat > /dev/null; kill -INT $server;"
                  + " wait $server",
              "sh",
              bin.resolve("postgres").toString(),
              "-D",
              folder + "/data",
              "-p",
              Integer.toString(port),
              "-c",
              "listen_addresses=127.0.0.1",
              "-c",
              "unix_socket_directories=",
              "-c",
              "max_connections=100",
              "-c",
              "fsync=" + (syncs ? "on" : "off"),
              "-c",
              "shared_buffers=64MB"));
      shell =
          Optional.of(
              new ProcessBuilder(command)
                  .directory(folder.resolve("data").toFile())
                  .redirectErrorStream(true)
                  .redirectOutput(folder.resolve("log").toFile())
                  .start());
      awaitAnswer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitAnswer() throws IOException {
    long end = System.nanoTime() + START.toNanos();
    while (true) {
      try (Connection _ = connect("postgres")) {
        return;
      } catch (SQLException e) {
        if (System.nanoTime() > end) {
          throw new AssertionError(Files.readString(folder.resolve("log")), e);
        }
      }
    }
  }

  private Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/" + database, USER, PASSWORD);
  }

  /// Ends it, and every connection with it.
  public void stop() {
    shell.ifPresent(process -> {
      try {
        process.getOutputStream().close();
        process.waitFor(START.toSeconds(), TimeUnit.SECONDS);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
    shell = Optional.empty();
  }

  /// Lets it hang with `STOP`, or go on with `CONT`: all of its processes.
  public void signal(String name) {
    try {
      String server = Files.readString(folder.resolve("pid")).strip();
      ProcessHandle main = ProcessHandle.of(Long.parseLong(server)).orElseThrow();
      for (ProcessHandle each : Stream.concat(Stream.of(main), main.descendants()).toList()) {
        run(List.of("kill", "-" + name, Long.toString(each.pid())));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The URL of a new, empty database.
  public String emptyDatabase() {
    return newDatabase("template1");
  }

  /// The URL of a new database that has the schema, and nothing in it.
  public synchronized String newDatabase() {
    if (template.isEmpty()) {
      String url = emptyDatabase();
      Database.open(DatabaseUrl.parse(url)).close();
      template = url.substring(url.lastIndexOf('/') + 1);
    }
    return newDatabase(template);
  }

  private String newDatabase(String from) {
    String name = "tegata_" + NAMES.incrementAndGet();
    execute("create database " + name + " template " + from + " strategy file_copy");
    return "postgresql://%s:p%%40ss%%3Aw%%2Frd%%25@127.0.0.1:%d/%s".formatted(USER, port, name);
  }

  private void execute(String sql) {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    stop();
    try {
      Files.walkFileTree(folder, new Deletion());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path visited, java.io.IOException fault)
        throws IOException {
      Files.delete(visited);
      return FileVisitResult.CONTINUE;
    }
  }
}
