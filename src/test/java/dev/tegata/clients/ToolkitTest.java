package dev.tegata.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.server.Answer;
import dev.tegata.server.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// GitHub's own toolkit, unmodified, in a job that was registered with a server.
///
/// The packages come from npm's registry. `aws-actions/configure-aws-credentials` is not there; a
/// script does what it does, with the same packages.
@Tag("clients")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ToolkitTest {
  private static final String REGISTRATION =
      """
      {"name": "deploy", "claims": {
       "repository": "octo-org/app", "repository_id": 456789, "repository_owner_id": 123456,
       "ref": "refs/heads/main", "sha": "b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2",
       "actor": "octocat", "actor_id": 583231, "run_id": 1001,
       "workflow_ref": "octo-org/app/Jenkinsfile@refs/heads/main"}}
      """;

  private static final String CLOUD =
      """
      Parameters:
        Issuer: {Type: String}
        Host: {Type: String}
      Resources:
        Provider:
          Type: AWS::IAM::OIDCProvider
          Properties:
            Url: !Ref Issuer
            ClientIdList: [sts.amazonaws.com]
        Deploy:
          Type: AWS::IAM::Role
          Properties:
            RoleName: deploy
            AssumeRolePolicyDocument:
              Fn::Sub: |
                {"Version": "2012-10-17", "Statement": {
                  "Effect": "Allow",
                  "Action": "sts:AssumeRoleWithWebIdentity",
                  "Principal": {"Federated": "${Provider}"},
                  "Condition": {"StringEquals": {
                    "${Host}:sub": "repo:octo-org@123456/app@456789:ref:refs/heads/main"}}}}
        Next:
          Type: AWS::IAM::Role
          Properties:
            RoleName: next
            AssumeRolePolicyDocument:
              Version: "2012-10-17"
              Statement:
                - Effect: Allow
                  Action: sts:AssumeRole
                  Principal: {AWS: !GetAtt Deploy.Arn}
                  Condition:
                    StringEquals: {"sts:ExternalId": agreed, "aws:RequestTag/GitHub": Actions}
                - Effect: Allow
                  Action: sts:TagSession
                  Principal: {AWS: !GetAtt Deploy.Arn}
                  Condition:
                    StringLike: {"aws:RequestTag/Repository": "octo-org/*"}
      """;
  private static final String DEPLOY = "arn:aws:iam::123456789012:role/deploy";
  private static final String NEXT = "arn:aws:iam::123456789012:role/next";

  private RunningServer server;
  private Path folder;

  @BeforeAll
  void start(@TempDir Path data, @TempDir Path work) throws IOException {
    server = RunningServer.start(data, "", Clock.systemUTC());
    folder = work;
    Files.writeString(work.resolve("package.json"), "{\"private\": true}");
    new Program(work, Map.of())
        .run(
            "npm",
            "install",
            "--no-audit",
            "--no-fund",
            "toolkit-1@npm:@actions/core@1.11.1",
            "toolkit-3@npm:@actions/core@3.0.1",
            "@aws-sdk/client-sts@3.1169.0")
        .succeeded();
    for (String script : new String[] {"id-token.mjs", "configure-credentials.mjs"}) {
      Files.copy(Path.of("src/test/resources/clients", script), work.resolve(script));
    }
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private Answer api(String method, String path, String body) {
    return server.send(
        server.sign(
            server.request(method, "/_/api/" + path, body), body, RunningServer.ROOT, "tegata"));
  }

  private JsonNode register() {
    Answer answer = api("POST", "jobs", REGISTRATION);
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return JsonMapper.shared().readTree(answer.body());
  }

  private Program job(JsonNode registered) {
    Program program = Program.at(server.url().toString(), folder);
    for (Map.Entry<String, JsonNode> variable : registered.path("variables").properties()) {
      program = program.with(variable.getKey(), variable.getValue().asString());
    }
    return program;
  }

  @ParameterizedTest
  @ValueSource(strings = {"toolkit-1", "toolkit-3"})
  void the_toolkit_gets_an_id_token(String toolkit) {
    String out =
        job(register()).run("node", "id-token.mjs", toolkit, "sts.amazonaws.com").succeeded();
    assertThat(out).containsPattern("::add-mask::eyJ.*\ntoken=eyJ.*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"toolkit-1", "toolkit-3"})
  void the_toolkit_tells_why_it_gets_none(String toolkit) {
    JsonNode registered = register();
    Program job = job(registered);
    assertThat(job.run("node", "id-token.mjs", toolkit, "https://github.com/other").succeeded())
        .contains("error=", "Error Code : 400", "Can't issue ID_TOKEN for audience");
    api("DELETE", "jobs/" + registered.path("id").asString(), "");
    assertThat(job.run("node", "id-token.mjs", toolkit, "sts.amazonaws.com").succeeded())
        .contains("error=", "Can't issue ID_TOKEN for job in 'Completed' state");
    assertThat(
            Program.at(server.url().toString(), folder)
                .run("node", "id-token.mjs", toolkit, "sts.amazonaws.com")
                .succeeded())
        .contains("Unable to get ACTIONS_ID_TOKEN_REQUEST_URL env variable");
  }

  private void createCloud() {
    server.create(
        CLOUD, Map.of("Issuer", server.url().toString(), "Host", server.url().getAuthority()));
  }

  @Test
  void credentials_are_configured_as_the_action_does_it() {
    createCloud();
    Program job = job(register());
    assertThat(job.run("node", "configure-credentials.mjs", DEPLOY).succeeded())
        .contains("Authenticated as assumedRoleId AROA")
        .contains("arn=arn:aws:sts::123456789012:assumed-role/deploy/GitHubActions")
        .doesNotContain("attempt", "error=");
    assertThat(server.events().getLast().source().userAgent())
        .contains("configure-aws-credentials-for-github-actions", "md/run_id#1");
    assertThat(job.with("ATTEMPTS", "3").run("node", "configure-credentials.mjs", NEXT).succeeded())
        .contains(
            "attempt 3: Not authorized to perform sts:AssumeRoleWithWebIdentity",
            "error=AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity");
    assertThat(job.run("node", "configure-credentials.mjs", DEPLOY, NEXT, "agreed").succeeded())
        .contains("chained=arn:aws:sts::123456789012:assumed-role/next/GitHubActions")
        .containsPattern("packed=[0-9]+")
        .doesNotContain("attempt", "error=");
    assertThat(
            job.with("ATTEMPTS", "1")
                .run("node", "configure-credentials.mjs", DEPLOY, NEXT, "guessed")
                .succeeded())
        .contains(
            "error=AccessDenied: User: arn:aws:sts::123456789012:assumed-role/deploy/GitHubActions"
                + " is not authorized to perform: sts:AssumeRole on resource: "
                + NEXT);
  }
}
