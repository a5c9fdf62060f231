package dev.tegata.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.arn.AccountId;
import dev.tegata.audit.AuditEvent;
import dev.tegata.audit.AuditEvent.ManagementRequested;
import dev.tegata.cloudformation.Settings;
import dev.tegata.cloudformation.Stack;
import dev.tegata.cloudformation.Template;
import dev.tegata.federation.ConditionClaims;
import dev.tegata.http.Headers;
import dev.tegata.http.HttpRequest;
import dev.tegata.http.PercentEncoding;
import dev.tegata.issuer.IssuerSettings;
import dev.tegata.provisioning.OperatorCall;
import dev.tegata.provisioning.ResourceTypes;
import dev.tegata.server.ServerSettings.Kept;
import dev.tegata.server.ServerSettings.Watching;
import dev.tegata.sigv4.Payload;
import dev.tegata.sigv4.RequestSigner;
import dev.tegata.sigv4.RequestSigner.Credentials;
import dev.tegata.sigv4.SecretAccessKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A whole server on a free loopback port, with an account whose root key is known, and a client
/// that sends it what it is told to send.
public final class RunningServer implements AutoCloseable {
  public static final AccountId ACCOUNT = new AccountId("123456789012");
  public static final Credentials ROOT =
      new Credentials(
          "AKIAIOSFODNN7EXAMPLE",
          new SecretAccessKey("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
          null);

  private final List<AuditEvent> events = new CopyOnWriteArrayList<>();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Clock clock;
  private final TegataServer server;

  private RunningServer(Kept kept, String issuer, Clock clock) {
    this.clock = clock;
    this.server = TegataServer.start(settings(kept, issuer, new Watching(clock, events::add)));
  }

  /// A server on the data folder `data` whose tokens are issued in the name of `issuer`, or of its
  /// own address where that is empty.
  public static RunningServer start(Path data, String issuer, Clock clock) {
    return start(Kept.in(data), issuer, clock);
  }

  static RunningServer start(Kept kept, String issuer, Clock clock) {
    return new RunningServer(kept, issuer, clock);
  }

  static ServerSettings settings(Path data, String issuer, Watching watching) {
    return settings(Kept.in(data), issuer, watching);
  }

  private static ServerSettings settings(Kept kept, String issuer, Watching watching) {
    return new ServerSettings(
        kept,
        new ListenAddress("127.0.0.1", 0),
        issuer.isEmpty() ? IssuerSettings.STANDARD : IssuerSettings.named(issuer),
        Optional.of(ACCOUNT),
        Optional.of(ROOT),
        watching,
        new ConditionClaims(true));
  }

  public URI url() {
    return server.url();
  }

  public TegataServer server() {
    return server;
  }

  /// What the server told its observer, each question to the policies by itself.
  public List<AuditEvent> events() {
    return events.stream()
        .flatMap(event ->
            event instanceof ManagementRequested management
                ? management.told().stream()
                : Stream.of(event))
        .toList();
  }

  /// The records of requests to STS and IAM.
  List<ManagementRequested> records() {
    return events.stream()
        .filter(ManagementRequested.class::isInstance)
        .map(ManagementRequested.class::cast)
        .toList();
  }

  /// Creates what `template` declares.
  public void create(String template, Map<String, String> parameters) {
    create(ACCOUNT, template, parameters);
  }

  /// The same in `account`.
  void create(AccountId account, String template, Map<String, String> parameters) {
    Stack.create(
        Template.read(template),
        new Settings(account, TegataServer.REGION, "test", parameters),
        ResourceTypes.all(
            server.iam(), server.buckets(), new OperatorCall(account, clock.instant())),
        new SplittableRandom(7));
  }

  /// A request as a client has it before it is signed; `target` is a path with or without a query.
  public HttpRequest request(String method, String target, String body, String... headers) {
    return request(method, target, body.getBytes(UTF_8), headers);
  }

  HttpRequest request(String method, String target, byte[] body, String... headers) {
    int mark = target.indexOf('?');
    return new HttpRequest(
        method,
        mark < 0 ? target : target.substring(0, mark),
        mark < 0 ? "" : target.substring(mark + 1),
        Headers.of(headers).with("Host", url().getAuthority()),
        new ByteArrayInputStream(body),
        "127.0.0.1",
        false);
  }

  /// `request`, whose body is `body`, signed now for `service`.
  public HttpRequest sign(
      HttpRequest request, String body, Credentials credentials, String service) {
    return new RequestSigner(credentials, TegataServer.REGION, service)
        .sign(request, Payload.Hashed.of(body.getBytes(UTF_8)), clock.instant());
  }

  /// Sends `request` as it is.
  public Answer send(HttpRequest request) {
    String query = request.rawQuery().isEmpty() ? "" : "?" + request.rawQuery();
    java.net.http.HttpRequest.Builder builder =
        java.net.http.HttpRequest.newBuilder(URI.create(url() + request.rawPath() + query));
    for (Headers.Field field : request.headers().fields()) {
      if (!field.name().equals("Host")) {
        builder.header(field.name(), field.value());
      }
    }
    try (InputStream body = request.body()) {
      byte[] bytes = body.readAllBytes();
      builder.method(
          request.method(),
          bytes.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(bytes));
      var answer = client.send(builder.build(), BodyHandlers.ofString(UTF_8));
      List<Headers.Field> fields = new ArrayList<>();
      answer
          .headers()
          .map()
          .forEach((name, values) -> values.forEach(it -> fields.add(new Headers.Field(name, it))));
      return new Answer(answer.statusCode(), new Headers(fields), answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public Answer get(String target, String... headers) {
    return send(request("GET", target, "", headers));
  }

  /// Posts `form` to `/`, unsigned.
  public Answer post(Map<String, String> form) {
    return send(formRequest(encode(form)));
  }

  HttpRequest formRequest(String form) {
    return request("POST", "/", form, "Content-Type", "application/x-www-form-urlencoded");
  }

  /// Asks a Query service with a good signature.
  public Answer query(Map<String, String> form, Credentials credentials, String service) {
    String body = encode(form);
    return send(sign(formRequest(body), body, credentials, service));
  }

  public Answer callerIdentity(Credentials credentials) {
    return query(
        Map.of("Action", "GetCallerIdentity", "Version", "2011-06-15"), credentials, "sts");
  }

  /// Asks Tegata's own interface with a good signature.
  public Answer api(String method, String path, String body, Credentials credentials) {
    return send(sign(request(method, "/_/api/" + path, body), body, credentials, "tegata"));
  }

  /// Makes an account, and gives its root key.
  public Credentials newAccount(String id) {
    Answer answer = api("POST", "accounts", "{\"id\": \"" + id + "\"}", ROOT);
    if (answer.status() != 201) {
      throw new AssertionError(answer.toString());
    }
    JsonNode key = JsonMapper.shared().readTree(answer.body()).path("root_key");
    return new Credentials(
        key.path("access_key_id").asString(),
        new SecretAccessKey(key.path("secret_access_key").asString()),
        null);
  }

  /// Asks S3 with a good signature.
  public Answer s3(String method, String target, String body, Credentials credentials) {
    return send(sign(request(method, target, body), body, credentials, "s3"));
  }

  /// Exchanges `token` for a session of `role`.
  public Answer exchange(String role, String session, String token) {
    return post(
        Map.of(
            "Action", "AssumeRoleWithWebIdentity",
            "Version", "2011-06-15",
            "RoleArn", role,
            "RoleSessionName", session,
            "WebIdentityToken", token));
  }

  /// The credentials in the answer to an exchange, or of a new access key.
  public static Credentials credentials(Answer answer) {
    if (answer.status() != 200) {
      throw new AssertionError("the exchange was refused: " + answer.error());
    }
    String token = answer.text("SessionToken");
    return new Credentials(
        answer.text("AccessKeyId"),
        new SecretAccessKey(answer.text("SecretAccessKey")),
        token.isEmpty() ? null : token);
  }

  /// `answer` without what is another one each time.
  String normalised(Answer answer) {
    return (answer.status() + "\n" + answer.body() + "\n")
        .replace(url().getAuthority(), "127.0.0.1:PORT")
        .replaceAll("ASIA[A-Z2-7]{16}", "ASIA…")
        .replaceAll("AROA[A-Z2-7]{17}", "AROA…")
        .replaceAll("(<(RequestId|Token-0)>)[^<]+<", "$1…<");
  }

  static String encode(Map<String, String> form) {
    return form.entrySet().stream()
        .map(it -> it.getKey() + "=" + PercentEncoding.encode(it.getValue()))
        .collect(Collectors.joining("&"));
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
