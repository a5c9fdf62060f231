package dev.tegata.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.http.PercentEncoding;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

/// What `AssumeRoleWithWebIdentity` costs over HTTP on one and on many connections, everything
/// included and each record on the disk, beside `V`, a bare verification with an RSA key of 2048
/// bits as `openssl speed rsa2048` measures it.
///
/// The budget is in CPU time, because the wait for the disk is shared by all who wait. Each
/// iteration ends with a line that tells exchanges a second, and the server's CPU time for one in
/// microseconds and in `V`, which is measured right after the iteration because a shared machine is
/// not the same from one minute to the next. The score is the time of a round, in which the
/// connections together make [#ROUND] exchanges.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 10, time = 4)
@Measurement(iterations = 5, time = 4)
public class ExchangeBench {
  /// How many exchanges a round has.
  private static final int ROUND = 512;

  private static final Pattern VERIFICATIONS =
      Pattern.compile("rsa 2048 bits +\\S+s +\\S+s +\\S+ +([0-9.]+)");

  private final List<Socket> sockets = new ArrayList<>();
  private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
  private Optional<Process> server = Optional.empty();
  private String request = "";
  private long exchanges;
  private Duration cpuBefore = Duration.ZERO;
  private long began;

  @Param({"1", "32", "256"})
  private int connections;

  /// A server in a folder of its own, and one token.
  @Setup
  public void start() throws IOException {
    Process started =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                ExchangeServer.class.getName())
            .redirectError(Redirect.INHERIT)
            .start();
    server = Optional.of(started);
    BufferedReader said = started.inputReader();
    URI url = URI.create(said.readLine());
    String bearer = said.readLine();
    for (int i = 0; i < connections; i++) {
      sockets.add(new Socket(url.getHost(), url.getPort()));
    }
    String answer =
        exchange(
            sockets.getFirst(),
            "GET %s?%s&audience=sts.amazonaws.com HTTP/1.1\r\nHost: bench\r\nAuthorization: bearer %s\r\n\r\n"
                .formatted(url.getPath(), url.getQuery(), bearer));
    String token = answer.substring(answer.indexOf("\"value\":\"") + 9, answer.lastIndexOf('"'));
    String form =
        "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleSessionName=bench&RoleArn="
            + PercentEncoding.encode("arn:aws:iam::123456789012:role/deploy")
            + "&WebIdentityToken="
            + token;
    request =
        "POST / HTTP/1.1\r\nHost: bench\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            + "Content-Length: %d\r\n\r\n%s".formatted(form.length(), form);
  }

  /// The time of one verification, from `openssl speed`.
  private static double bareVerificationNanos() throws IOException {
    Process process =
        new ProcessBuilder("openssl", "speed", "-seconds", "1", "rsa2048")
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    Matcher matcher = VERIFICATIONS.matcher(said);
    if (!matcher.find()) {
      throw new IllegalStateException("openssl does not tell its speed: " + said);
    }
    return 1e9 / Double.parseDouble(matcher.group(1));
  }

  private Duration cpu() {
    return server.flatMap(process -> process.info().totalCpuDuration()).orElseThrow();
  }

  @Setup(Level.Iteration)
  public void begin() {
    exchanges = 0;
    began = System.nanoTime();
    cpuBefore = cpu();
  }

  @TearDown(Level.Iteration)
  public void tellCpu() throws IOException {
    double nanos = cpu().minus(cpuBefore).toNanos() / (double) exchanges;
    double rate = exchanges * 1e9 / (System.nanoTime() - began);
    double verification = bareVerificationNanos();
    System.out.printf(
        "(%d connections: %.0f exchanges a second; CPU of one %.1f us, of V %.1f us: %.1f V, of which"
            + " checking the signature is %.0f %%) ",
        connections,
        rate,
        nanos / 1000,
        verification / 1000,
        nanos / verification,
        100 * verification / nanos);
  }

  @TearDown
  public void stop() throws IOException, InterruptedException {
    clients.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    Process process = server.orElseThrow();
    process.outputWriter().close();
    process.waitFor();
  }

  /// A round: each connection makes its share of the exchanges, one after the other.
  @Benchmark
  public void exchangeTokens() throws Exception {
    List<Future<?>> running = new ArrayList<>();
    for (Socket socket : sockets) {
      running.add(
          clients.submit(() -> {
            for (int i = 0; i < ROUND / connections; i++) {
              String answer = exchange(socket, request);
              if (!answer.contains("<SessionToken>")) {
                throw new IllegalStateException(answer);
              }
            }
            return null;
          }));
    }
    for (Future<?> each : running) {
      each.get();
    }
    exchanges += ROUND;
  }

  private static String exchange(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(UTF_8));
    out.flush();
    InputStream in = new BufferedInputStream(socket.getInputStream());
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.read());
    }
    String lower = head.toString().toLowerCase(Locale.ROOT);
    int start = lower.indexOf("content-length: ") + "content-length: ".length();
    int length = Integer.parseInt(lower.substring(start, lower.indexOf('\r', start)));
    return new String(in.readNBytes(length), UTF_8);
  }
}
