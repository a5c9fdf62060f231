package dev.tegata.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import dev.tegata.arn.AccountId;
import dev.tegata.cloudformation.Settings;
import dev.tegata.cloudformation.Stack;
import dev.tegata.cloudformation.Template;
import dev.tegata.github.Discovery;
import dev.tegata.github.Job;
import dev.tegata.github.Job.RunnerEnvironment;
import dev.tegata.github.SubjectTemplate.RepositoryForm;
import dev.tegata.github.WorkflowRun;
import dev.tegata.http.PercentEncoding;
import dev.tegata.issuer.IssuerSettings;
import dev.tegata.issuer.JobDescription;
import dev.tegata.issuer.JobTokens.Registration;
import dev.tegata.provisioning.OperatorCall;
import dev.tegata.provisioning.ResourceTypes;
import dev.tegata.server.ServerSettings.Watching;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
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
/// bits, as `openssl speed rsa2048` measures it at the start.
///
/// The budget is in CPU time, because the wait for the disk is shared by all who wait. Each
/// iteration ends with a line that tells exchanges a second and the CPU time of one: of the whole
/// process, so the client's share is in it too. The score is the time of a round, in which the
/// connections together make [#ROUND] exchanges.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class ExchangeBench {
  /// How many exchanges a round has.
  private static final int ROUND = 512;

  private static final AccountId ACCOUNT = new AccountId("123456789012");
  private static final String TEMPLATE =
      """
      Resources:
        Provider:
          Type: AWS::IAM::OIDCProvider
          Properties:
            Url: https://token.actions.githubusercontent.com
            ClientIdList: [sts.amazonaws.com]
        Role:
          Type: AWS::IAM::Role
          Properties:
            RoleName: deploy
            AssumeRolePolicyDocument:
              Version: "2012-10-17"
              Statement:
                Effect: Allow
                Action: sts:AssumeRoleWithWebIdentity
                Principal: {Federated: !Ref Provider}
                Condition:
                  StringEquals:
                    token.actions.githubusercontent.com:aud: sts.amazonaws.com
                    token.actions.githubusercontent.com:sub: repo:octo-org/app:ref:refs/heads/main
      """;

  private final OperatingSystemMXBean machine =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private Optional<TegataServer> server = Optional.empty();
  private final List<Socket> sockets = new ArrayList<>();
  private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
  private String request = "";
  private long exchanges;
  private long cpuBefore;
  private long began;
  private double verificationNanos;

  @Param({"1", "32", "256"})
  private int connections;

  /// A server in a folder of its own, one token, and the unit `V`.
  @Setup
  public void start() throws Exception {
    Path folder = Files.createTempDirectory("exchange-bench-");
    Watching watching = Watching.now(_ -> {});
    TegataServer started =
        TegataServer.start(
            new ServerSettings(
                folder,
                new ListenAddress("127.0.0.1", 0),
                IssuerSettings.named(Discovery.GITHUB),
                Optional.of(ACCOUNT),
                Optional.empty(),
                watching));
    server = Optional.of(started);
    Stack.create(
        Template.read(TEMPLATE),
        new Settings(ACCOUNT, TegataServer.REGION, "bench", Map.of()),
        ResourceTypes.all(
            started.iam(),
            started.buckets(),
            new OperatorCall(ACCOUNT, watching.clock().instant())),
        new SplittableRandom(1));
    Registration job =
        started
            .jobs()
            .register(
                new JobDescription(ACCOUNT, "bench", job(), RepositoryForm.NAMES),
                watching.clock().instant());
    for (int i = 0; i < connections; i++) {
      sockets.add(new Socket(started.url().getHost(), started.url().getPort()));
    }
    URI url = job.requestUrl(started.url());
    String answer =
        exchange(
            sockets.getFirst(),
            "GET %s?%s&audience=sts.amazonaws.com HTTP/1.1\r\nHost: bench\r\nAuthorization: bearer %s\r\n\r\n"
                .formatted(url.getPath(), url.getQuery(), job.requestToken()));
    String token = answer.substring(answer.indexOf("\"value\":\"") + 9, answer.lastIndexOf('"'));
    String form =
        "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleSessionName=bench&RoleArn="
            + PercentEncoding.encode("arn:aws:iam::123456789012:role/deploy")
            + "&WebIdentityToken="
            + token;
    request =
        "POST / HTTP/1.1\r\nHost: bench\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            + "Content-Length: %d\r\n\r\n%s".formatted(form.length(), form);
    verificationNanos = bareVerification();
  }

  private static Job job() {
    WorkflowRun.WorkflowFile file =
        new WorkflowRun.WorkflowFile(
            "octo-org/app/.github/workflows/deploy.yml@refs/heads/main", "0".repeat(40));
    return new Job(
        new WorkflowRun(
            new WorkflowRun.Repository(
                new WorkflowRun.Owner("octo-org", 1, null),
                "app",
                2,
                WorkflowRun.Visibility.PRIVATE,
                new LinkedHashMap<>()),
            new WorkflowRun.Revision(
                "refs/heads/main", WorkflowRun.RefType.BRANCH, false, "0".repeat(40)),
            new WorkflowRun.Event("push", "", ""),
            new WorkflowRun.Actor("octocat", 3),
            new WorkflowRun.Workflow("deploy", file),
            new WorkflowRun.Attempt(4, 5, 1)),
        file,
        null,
        RunnerEnvironment.SELF_HOSTED,
        6);
  }

  /// The time of one verification, from `openssl speed`.
  private static double bareVerification() throws Exception {
    Process process =
        new ProcessBuilder("openssl", "speed", "-seconds", "2", "rsa2048")
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    Matcher matcher = Pattern.compile("rsa 2048 bits +\\S+s +\\S+s +\\S+ +([0-9.]+)").matcher(said);
    if (process.waitFor() != 0 || !matcher.find()) {
      throw new IllegalStateException("openssl does not tell its speed: " + said);
    }
    return 1e9 / Double.parseDouble(matcher.group(1));
  }

  @Setup(Level.Iteration)
  public void begin() {
    exchanges = 0;
    began = System.nanoTime();
    cpuBefore = machine.getProcessCpuTime();
  }

  @TearDown(Level.Iteration)
  public void tellCpu() {
    double nanos = (machine.getProcessCpuTime() - cpuBefore) / (double) exchanges;
    System.out.printf(
        "(%d connections: %.0f exchanges a second; CPU of one %.1f us, of V %.1f us: %.1f V, of which"
            + " checking the signature is %.0f %%) ",
        connections,
        exchanges * 1e9 / (System.nanoTime() - began),
        nanos / 1000,
        verificationNanos / 1000,
        nanos / verificationNanos,
        100 * verificationNanos / nanos);
  }

  @TearDown
  public void stop() throws IOException {
    clients.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    server.orElseThrow().close();
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
    String lower = head.toString().toLowerCase(java.util.Locale.ROOT);
    int start = lower.indexOf("content-length: ") + "content-length: ".length();
    int length = Integer.parseInt(lower.substring(start, lower.indexOf('\r', start)));
    return new String(in.readNBytes(length), UTF_8);
  }
}
