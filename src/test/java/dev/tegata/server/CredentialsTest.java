package dev.tegata.server;

import static dev.tegata.Golden.assertGolden;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.http.Headers;
import dev.tegata.http.HttpRequest;
import dev.tegata.sigv4.Payload;
import dev.tegata.sigv4.RequestSigner;
import dev.tegata.sigv4.RequestSigner.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CredentialsTest {
  private static final Instant NOON = WebIdentityCase.NOON;
  private static final Path TABLE = Path.of("src/test/resources/vectors/server/credentials.tsv");
  private static final String IDENTITY = "Action=GetCallerIdentity&Version=2011-06-15";

  private final SettableClock clock = new SettableClock(NOON);
  private final ForeignIssuer issuer = new ForeignIssuer();
  private RunningServer server;
  private Credentials mine;
  private Credentials others;
  private Credentials ofAnotherServer;

  @BeforeAll
  void start(@TempDir Path data, @TempDir Path otherData) {
    server = RunningServer.start(data, "", clock);
    create(server);
    mine = session(server, "run-1");
    others = session(server, "run-2");
    try (RunningServer other = RunningServer.start(otherData, "", clock)) {
      create(other);
      ofAnotherServer = session(other, "run-1");
    }
  }

  @BeforeEach
  void setClock() {
    clock.set(NOON);
  }

  @AfterAll
  void stop() {
    server.close();
    issuer.close();
  }

  private void create(RunningServer at) {
    at.create(WebIdentityCase.cloud(), Map.of("Issuer", issuer.url(), "Host", issuer.host()));
  }

  private Credentials session(RunningServer at, String name) {
    return RunningServer.credentials(
        at.exchange(WebIdentityCase.ROLE, name, issuer.token(WebIdentityCase.goodClaims(issuer))));
  }

  /// A row of the table: how the request is made, and what the two services say.
  record Example(String name, String how, String sts, String s3) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Example> examples() throws IOException {
    return Files.readAllLines(TABLE).stream()
        .filter(row -> !row.startsWith("#"))
        .skip(1)
        .map(row -> row.split("\t", -1))
        .map(cells -> new Example(cells[0], cells[1], cells[2], cells[3]))
        .toList();
  }

  @ParameterizedTest(name = "at STS: {0}")
  @MethodSource("examples")
  void sts_says_of_credentials_what_aws_says(Example example) {
    assertThat(outcome(server.send(made(example.how(), "sts")))).isEqualTo(example.sts());
  }

  @ParameterizedTest(name = "at S3: {0}")
  @MethodSource("examples")
  void s3_says_of_credentials_what_aws_says(Example example) {
    assertThat(outcome(server.send(made(example.how(), "s3")))).isEqualTo(example.s3());
  }

  private static String outcome(Answer answer) {
    return answer.status() == 200 ? "200" : answer.error();
  }

  /// A request for `service`, made as the table says.
  private HttpRequest made(String how, String service) {
    return switch (how) {
      case "good" -> signed(mine, service, NOON);
      case "root" -> signed(RunningServer.ROOT, service, NOON);
      case "unsigned" -> unsigned(service);
      case "signed-900-ago" -> signed(mine, service, NOON.minusSeconds(900));
      case "signed-901-ago" -> signed(mine, service, NOON.minusSeconds(901));
      case "signed-900-ahead" -> signed(mine, service, NOON.plusSeconds(900));
      case "signed-901-ahead" -> signed(mine, service, NOON.plusSeconds(901));
      case "region" ->
          signer(mine, "eu-north-1", service).sign(unsigned(service), payload(service), NOON);
      case "service-ec2" ->
          signer(mine, "us-east-1", "ec2").sign(unsigned(service), payload(service), NOON);
      case "unknown-key",
          "impossible-key",
          "other-secret",
          "no-token",
          "others-token",
          "root-with-token",
          "others-key-id",
          "token-cut",
          "token-changed",
          "token-words",
          "token-of-another-server" ->
          signed(mixed(how), service, NOON);
      default -> changed(how, signed(mine, service, NOON));
    };
  }

  /// Credentials of which one part is not what belongs there.
  private Credentials mixed(String how) {
    String token = Optional.ofNullable(mine.sessionToken()).orElseThrow();
    return switch (how) {
      case "unknown-key" ->
          new Credentials("AKIAI44QH8DHBEXAMPLE", RunningServer.ROOT.secretAccessKey(), null);
      case "impossible-key" -> new Credentials("me", RunningServer.ROOT.secretAccessKey(), null);
      case "other-secret" -> new Credentials(mine.accessKeyId(), others.secretAccessKey(), token);
      case "no-token" -> new Credentials(mine.accessKeyId(), mine.secretAccessKey(), null);
      case "others-token" ->
          new Credentials(mine.accessKeyId(), mine.secretAccessKey(), others.sessionToken());
      case "others-key-id" -> new Credentials(others.accessKeyId(), mine.secretAccessKey(), token);
      case "root-with-token" ->
          new Credentials(
              RunningServer.ROOT.accessKeyId(), RunningServer.ROOT.secretAccessKey(), token);
      case "token-cut" -> withToken(token.substring(0, token.length() - 8));
      case "token-changed" ->
          withToken(
              token.substring(0, 40) + (token.charAt(40) == 'A' ? 'B' : 'A') + token.substring(41));
      case "token-words" -> withToken("the token, please");
      case "token-of-another-server" -> ofAnotherServer;
      default -> throw new IllegalArgumentException(how);
    };
  }

  private Credentials withToken(String token) {
    return new Credentials(mine.accessKeyId(), mine.secretAccessKey(), token);
  }

  /// `request` with something in it changed after it was signed.
  private static HttpRequest changed(String how, HttpRequest request) {
    String authorization = request.headers().first("Authorization").orElseThrow();
    String signature = authorization.substring(authorization.indexOf("Signature=") + 10);
    return switch (how) {
      case "signature" -> with(request, authorization.replace(signature, rotated(signature)));
      case "signature-capitals" ->
          with(request, authorization.replace(signature, "A" + signature.substring(1)));
      case "signature-empty" -> with(request, authorization.replace(signature, ""));
      case "scope-day" -> with(request, authorization.replace("/20261122/", "/20261121/"));
      case "scope-end" -> with(request, authorization.replace("/aws4_request", "/aws5_request"));
      case "header-changed" -> with(request, "X-Amz-Date", "20261122T120001Z");
      case "query-added" ->
          new HttpRequest(
              request.method(),
              request.rawPath(),
              request.rawQuery() + "&max-keys=1",
              request.headers(),
              request.body(),
              "",
              false);
      case "method-changed" ->
          new HttpRequest(
              request.method().equals("GET") ? "POST" : "GET",
              request.rawPath(),
              request.method().equals("GET") ? request.rawQuery() : IDENTITY,
              request.headers(),
              request.body(),
              "",
              false);
      default -> throw new IllegalArgumentException(how);
    };
  }

  /// The same digits in another order.
  private static String rotated(String hex) {
    return hex.substring(1) + (hex.charAt(0) == '0' ? '1' : '0');
  }

  private static HttpRequest with(HttpRequest request, String authorization) {
    return with(request, "Authorization", authorization);
  }

  private static HttpRequest with(HttpRequest request, String name, String value) {
    List<Headers.Field> others =
        request.headers().fields().stream().filter(it -> !it.name().equals(name)).toList();
    return new HttpRequest(
        request.method(),
        request.rawPath(),
        request.rawQuery(),
        new Headers(others).with(name, value),
        request.body(),
        "",
        false);
  }

  private HttpRequest unsigned(String service) {
    return service.equals("sts")
        ? server.formRequest(IDENTITY)
        : server.request("GET", "/releases?list-type=2", "");
  }

  private static Payload payload(String service) {
    return service.equals("sts")
        ? Payload.Hashed.of(IDENTITY.getBytes(java.nio.charset.StandardCharsets.UTF_8))
        : Payload.Hashed.EMPTY;
  }

  private HttpRequest signed(Credentials credentials, String service, Instant time) {
    return signer(credentials, "us-east-1", service)
        .sign(unsigned(service), payload(service), time);
  }

  private static RequestSigner signer(Credentials credentials, String region, String service) {
    return new RequestSigner(credentials, region, service);
  }

  @Test
  void a_session_is_dead_at_the_very_instant_of_its_expiry() throws IOException {
    clock.set(NOON.plus(Duration.ofHours(1)).minusSeconds(1));
    assertThat(server.callerIdentity(mine).status()).isEqualTo(200);
    assertThat(server.s3("GET", "/releases", "", mine).status()).isEqualTo(200);
    clock.set(NOON.plus(Duration.ofHours(1)));
    assertThat(server.callerIdentity(mine).error())
        .isEqualTo("403 ExpiredToken: The security token included in the request is expired");
    assertGolden(
        "server/s3-expired-token.xml", server.normalised(server.s3("GET", "/releases", "", mine)));
  }

  @Test
  void a_role_made_anew_does_not_revive_the_sessions_of_the_old_one() {
    createFleeting();
    Credentials old = fleetingSession();
    assertThat(server.callerIdentity(old).status()).isEqualTo(200);
    assertThat(iam(Map.of("Action", "DeleteRole", "RoleName", "fleeting")).status()).isEqualTo(200);
    assertDead(old);
    createFleeting();
    assertDead(old);
    assertThat(server.callerIdentity(fleetingSession()).status()).isEqualTo(200);
  }

  private void assertDead(Credentials credentials) {
    assertThat(server.callerIdentity(credentials).error())
        .isEqualTo(
            "403 InvalidClientTokenId: The security token included in the request is invalid.");
    assertThat(server.s3("GET", "/", "", credentials).error())
        .isEqualTo(
            "403 InvalidAccessKeyId: The AWS Access Key Id you provided does not exist in our"
                + " records.");
  }

  private void createFleeting() {
    String trust =
        """
        {"Version":"2012-10-17","Statement":{"Effect":"Allow",
         "Action":"sts:AssumeRoleWithWebIdentity",
         "Principal":{"Federated":"arn:aws:iam::123456789012:oidc-provider/%s"}}}\
        """
            .formatted(issuer.host());
    Answer answer =
        iam(
            Map.of(
                "Action", "CreateRole",
                "RoleName", "fleeting",
                "AssumeRolePolicyDocument", trust));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
  }

  private Credentials fleetingSession() {
    return RunningServer.credentials(
        server.exchange(
            "arn:aws:iam::123456789012:role/fleeting",
            "run-1",
            issuer.token(WebIdentityCase.goodClaims(issuer))));
  }

  private Answer iam(Map<String, String> form) {
    Map<String, String> versioned = new java.util.HashMap<>(form);
    versioned.put("Version", "2010-05-08");
    return server.query(versioned, RunningServer.ROOT, "iam");
  }

  @Test
  void an_identity_policy_that_changes_counts_at_once() {
    createFleeting();
    Credentials session = fleetingSession();
    assertThat(server.s3("GET", "/releases", "", session).error())
        .isEqualTo(
            "403 AccessDenied: User: arn:aws:sts::123456789012:assumed-role/fleeting/run-1 is not"
                + " authorized to perform: s3:ListBucket on resource: \"arn:aws:s3:::releases\""
                + " because no identity-based policy allows the s3:ListBucket action");
    Map<String, String> policy =
        Map.of(
            "Action", "PutRolePolicy",
            "RoleName", "fleeting",
            "PolicyName", "look",
            "PolicyDocument",
                """
                {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:ListBucket",
                 "Resource":"*"}}\
                """);
    assertThat(iam(policy).status()).isEqualTo(200);
    assertThat(server.s3("GET", "/releases", "", session).status()).isEqualTo(200);
    iam(Map.of("Action", "DeleteRolePolicy", "RoleName", "fleeting", "PolicyName", "look"));
    assertThat(server.s3("GET", "/releases", "", session).status()).isEqualTo(403);
    iam(Map.of("Action", "DeleteRole", "RoleName", "fleeting"));
  }

  @Test
  void a_session_policy_cuts_the_session_down_and_adds_nothing() {
    Answer answer =
        server.post(
            Map.of(
                "Action", "AssumeRoleWithWebIdentity",
                "Version", "2011-06-15",
                "RoleArn", WebIdentityCase.ROLE,
                "RoleSessionName", "run-1",
                "Policy",
                    """
                    {"Version":"2012-10-17","Statement":{"Effect":"Allow",
                     "Action":["s3:ListBucket","s3:ListAllMyBuckets"],"Resource":"*"}}\
                    """,
                "WebIdentityToken", issuer.token(WebIdentityCase.goodClaims(issuer))));
    Credentials session = RunningServer.credentials(answer);
    assertThat(server.s3("GET", "/releases", "", session).status()).isEqualTo(200);
    assertThat(server.s3("PUT", "/releases/key", "x", session).error())
        .endsWith("because no session policy allows the s3:PutObject action");
    assertThat(server.s3("GET", "/", "", session).error())
        .endsWith("because no identity-based policy allows the s3:ListAllMyBuckets action");
  }
}
