package dev.tegata.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.server.Answer;
import dev.tegata.server.ForeignIssuer;
import dev.tegata.server.RunningServer;
import dev.tegata.server.SettableClock;
import dev.tegata.sigv4.RequestSigner.Credentials;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server, its clock, and who asks its API.
final class ApiFixture implements AutoCloseable {
  static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  static final String ISSUER = "https://token.actions.githubusercontent.com";

  /// What another CI system registers for a push to `octo-org/app`.
  static final String CLAIMS =
      """
      {"repository": "octo-org/app", "repository_id": 456789, "repository_owner_id": 123456,
       "ref": "refs/heads/main", "sha": "b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2",
       "actor": "octocat", "actor_id": 583231, "run_id": 1001,
       "workflow_ref": "octo-org/app/ci/deploy.groovy@refs/heads/main"}\
      """;

  final SettableClock clock = new SettableClock(NOON);
  private final Path data;
  private RunningServer server;

  ApiFixture(Path data) {
    this.data = data;
    this.server = RunningServer.start(data, ISSUER, clock);
  }

  RunningServer server() {
    return server;
  }

  void restart() {
    server.close();
    server = RunningServer.start(data, ISSUER, clock);
  }

  /// A registration of `claims`, with `more` members before it.
  static String registration(String more, String claims) {
    return "{" + (more.isEmpty() ? "" : more + ", ") + "\"claims\": " + claims + "}";
  }

  /// Asks the API below `/_/api/` with a good signature.
  Answer ask(String method, String path, String body, Credentials credentials) {
    return server.send(
        server.sign(server.request(method, "/_/api/" + path, body), body, credentials, "tegata"));
  }

  Answer ask(String method, String path, String body) {
    return ask(method, path, body, RunningServer.ROOT);
  }

  /// A job that has been registered: its id and what it asks for tokens with.
  record Registered(String id, String url, String bearer) {}

  Registered register(String more, String claims) {
    Answer answer = ask("POST", "jobs", registration(more, claims));
    JsonNode json = json(answer);
    if (answer.status() != 201) {
      throw new AssertionError(answer.toString());
    }
    JsonNode variables = json.path("variables");
    return new Registered(
        json.path("id").asString(),
        variables.path("ACTIONS_ID_TOKEN_REQUEST_URL").asString(),
        variables.path("ACTIONS_ID_TOKEN_REQUEST_TOKEN").asString());
  }

  /// What the issuer answers when the job asks for a token for STS.
  Answer tokenFor(Registered job) {
    URI url = URI.create(job.url());
    return server.get(
        url.getRawPath() + "?" + url.getRawQuery() + "&audience=sts.amazonaws.com",
        "Authorization",
        "Bearer " + job.bearer());
  }

  String token(Registered job) {
    return json(tokenFor(job)).path("value").asString();
  }

  JsonNode claims(Registered job) {
    Answer answer = tokenFor(job);
    if (answer.status() != 200) {
      throw new AssertionError(answer.toString());
    }
    String token = json(answer).path("value").asString();
    return JsonMapper.shared()
        .readTree(new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), UTF_8));
  }

  String subject(Registered job) {
    return claims(job).path("sub").asString();
  }

  static JsonNode json(Answer answer) {
    return JsonMapper.shared().readTree(answer.body());
  }

  /// A session of a role that may do what `statement` allows.
  Credentials session(String statement) {
    try (ForeignIssuer issuer = new ForeignIssuer()) {
      String template =
          """
          Resources:
            Provider:
              Type: AWS::IAM::OIDCProvider
              Properties:
                Url: %1$s
                ClientIdList: [sts.amazonaws.com]
            Role:
              Type: AWS::IAM::Role
              Properties:
                RoleName: ci
                AssumeRolePolicyDocument:
                  Version: "2012-10-17"
                  Statement:
                    Effect: Allow
                    Action: sts:AssumeRoleWithWebIdentity
                    Principal: {Federated: !Ref Provider}
                    Condition: {StringEquals: {"%2$s:sub": ci}}
                Policies:
                  - PolicyName: ci
                    PolicyDocument: {Version: "2012-10-17", Statement: [%3$s]}
          """
              .formatted(issuer.url(), issuer.host(), statement);
      server.create(template, Map.of());
      String token = issuer.token(claimsOf(issuer));
      return RunningServer.credentials(
          server.exchange("arn:aws:iam::123456789012:role/ci", "ci", token));
    }
  }

  private String claimsOf(ForeignIssuer issuer) {
    long now = clock.instant().getEpochSecond();
    return """
    {"iss":"%s","aud":"sts.amazonaws.com","sub":"ci","iat":%d,"exp":%d}\
    """
        .formatted(issuer.url(), now, now + 300);
  }

  @Override
  public void close() {
    server.close();
  }
}
