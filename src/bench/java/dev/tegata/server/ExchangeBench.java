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
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
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

/// What one `AssumeRoleWithWebIdentity` costs over HTTP on one connection, everything included and
/// its record on the disk, beside `V`, a bare verification with an RSA key of 2048 bits.
///
/// The budget is in CPU time, because the wait for the disk is shared by all who wait. Each
/// iteration ends with a line that tells it: of the whole process, so the client's share is in it
/// too.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class ExchangeBench {
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
  private Optional<Socket> socket = Optional.empty();
  private String request = "";
  private long exchanges;
  private long cpuBefore;
  private double verificationNanos;

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
    socket = Optional.of(new Socket(started.url().getHost(), started.url().getPort()));
    URI url = job.requestUrl(started.url());
    String answer =
        exchange(
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

  /// CPU time of one verification with the JDK's own RSA.
  private double bareVerification() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair pair = generator.generateKeyPair();
    byte[] message = "a message".getBytes(UTF_8);
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(pair.getPrivate());
    signature.update(message);
    byte[] signed = signature.sign();
    int rounds = 20_000;
    long before = 0;
    for (int i = -rounds; i < rounds; i++) {
      if (i == 0) {
        before = machine.getProcessCpuTime();
      }
      signature.initVerify(pair.getPublic());
      signature.update(message);
      if (!signature.verify(signed)) {
        throw new IllegalStateException("a good signature is refused");
      }
    }
    return (machine.getProcessCpuTime() - before) / (double) rounds;
  }

  @Setup(Level.Iteration)
  public void begin() {
    exchanges = 0;
    cpuBefore = machine.getProcessCpuTime();
  }

  @TearDown(Level.Iteration)
  public void tellCpu() {
    double nanos = (machine.getProcessCpuTime() - cpuBefore) / (double) exchanges;
    System.out.printf(
        "(CPU of one exchange %.1f us, of V %.1f us: %.1f V) ",
        nanos / 1000, verificationNanos / 1000, nanos / verificationNanos);
  }

  @TearDown
  public void stop() throws IOException {
    socket.orElseThrow().close();
    server.orElseThrow().close();
  }

  @Benchmark
  public String exchangeToken() throws IOException {
    exchanges++;
    String answer = exchange(request);
    if (!answer.contains("<SessionToken>")) {
      throw new IllegalStateException(answer);
    }
    return answer;
  }

  private String exchange(String text) throws IOException {
    OutputStream out = socket.orElseThrow().getOutputStream();
    out.write(text.getBytes(UTF_8));
    out.flush();
    InputStream in = new BufferedInputStream(socket.orElseThrow().getInputStream());
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
