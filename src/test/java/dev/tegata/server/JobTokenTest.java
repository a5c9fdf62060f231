package dev.tegata.server;

import static dev.tegata.Golden.assertGolden;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.github.SampleJob;
import dev.tegata.github.SubjectTemplate.RepositoryForm;
import dev.tegata.issuer.JobDescription;
import dev.tegata.issuer.JobTokens;
import dev.tegata.issuer.JobTokens.Registration;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The issuer as a job and a relying party meet it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobTokenTest {
  private static final Instant NOON = WebIdentityCase.NOON;

  private final SettableClock clock = new SettableClock(NOON);
  private RunningServer server;

  @BeforeAll
  void start(@TempDir Path data) {
    server = RunningServer.start(data, "https://token.actions.githubusercontent.com", clock);
  }

  @BeforeEach
  void setClock() {
    clock.set(NOON);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private Registration register(RepositoryForm form) {
    return server
        .server()
        .jobs()
        .register(
            new JobDescription(RunningServer.ACCOUNT, "build", SampleJob.onMain(), form), NOON);
  }

  private Answer ask(Registration job, String bearer, String query) {
    URI url = job.requestUrl(server.url());
    return server.get(
        url.getRawPath() + "?" + url.getRawQuery() + query, "Authorization", "bearer " + bearer);
  }

  private Answer ask(Registration job, String query) {
    return ask(job, job.requestToken(), query);
  }

  private static JsonNode claims(Answer answer) {
    String token = json(answer).path("value").asString();
    return JsonMapper.shared()
        .readTree(new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), UTF_8));
  }

  private static JsonNode json(Answer answer) {
    return JsonMapper.shared().readTree(answer.body());
  }

  @Test
  void a_token_says_what_the_job_is() {
    try (Registration job = register(RepositoryForm.NAMES)) {
      Answer answer = ask(job, "&audience=sts.amazonaws.com");
      assertThat(answer.status()).isEqualTo(200);
      assertThat(claims(answer).path("sub").asString())
          .isEqualTo("repo:octo-org/octo-repo:ref:refs/heads/main");
      assertThat(claims(answer).path("aud").asString()).isEqualTo("sts.amazonaws.com");
      assertThat(claims(answer).path("iss").asString())
          .isEqualTo("https://token.actions.githubusercontent.com");
    }
  }

  @Test
  void a_subject_may_hold_the_ids_too() {
    try (Registration job = register(RepositoryForm.NAMES_AND_IDS)) {
      assertThat(claims(ask(job, "")).path("sub").asString())
          .isEqualTo("repo:octo-org@123456/octo-repo@456789:ref:refs/heads/main");
    }
  }

  @Test
  void without_an_audience_a_token_is_for_the_repositorys_owner() {
    try (Registration job = register(RepositoryForm.NAMES)) {
      assertThat(claims(ask(job, "")).path("aud").asString())
          .isEqualTo("https://github.com/octo-org");
      assertThat(claims(ask(job, "&audience=")).path("aud").asString())
          .isEqualTo("https://github.com/octo-org");
    }
  }

  @Test
  void nobody_gets_a_token_for_somebody_elses_default_audience() throws IOException {
    try (Registration job = register(RepositoryForm.NAMES)) {
      Answer answer = ask(job, "&audience=https%3A%2F%2Fgithub.com%2Fother-org");
      assertGolden("server/audience-refused.json", answer + "\n");
    }
  }

  @Test
  void a_wrong_or_missing_bearer_token_gets_nothing() {
    try (Registration job = register(RepositoryForm.NAMES);
        Registration other = register(RepositoryForm.NAMES)) {
      URI url = job.requestUrl(server.url());
      assertThat(ask(job, "wrong", "").status()).isEqualTo(401);
      assertThat(ask(job, other.requestToken(), "").status()).isEqualTo(401);
      assertThat(ask(job, "", "").status()).isEqualTo(401);
      assertThat(server.get(url.getRawPath() + "?" + url.getRawQuery()).status()).isEqualTo(401);
      assertThat(server.get("/_/jobs/nobody/idtoken", "Authorization", "bearer x").status())
          .isEqualTo(401);
    }
  }

  @Test
  void a_job_that_is_over_gets_nothing() throws IOException {
    Registration job = register(RepositoryForm.NAMES);
    assertThat(ask(job, "").status()).isEqualTo(200);
    job.close();
    assertThat(ask(job, "").body()).doesNotContain("value");
    assertThat(ask(job, "").status()).isBetween(400, 499);
  }

  @Test
  void a_job_that_was_never_closed_gets_nothing_when_its_time_is_over() {
    try (Registration job = register(RepositoryForm.NAMES)) {
      clock.set(NOON.plus(JobTokens.LIFETIME).minusSeconds(1));
      assertThat(ask(job, "").status()).isEqualTo(200);
      clock.set(NOON.plus(JobTokens.LIFETIME));
      assertThat(ask(job, "").status()).isBetween(400, 499);
    }
  }

  @Test
  void the_discovery_document_names_the_issuer() throws IOException {
    assertGolden("server/discovery.json", server.get("/.well-known/openid-configuration") + "\n");
  }

  @Test
  void the_keys_are_public_and_nothing_else() {
    JsonNode keys = json(server.get("/.well-known/jwks")).path("keys");
    assertThat(keys).hasSize(1);
    assertThat(keys.path(0).path("kty").asString()).isEqualTo("RSA");
    assertThat(keys.path(0).propertyNames()).doesNotContain("d", "p", "q", "dp", "dq", "qi");
  }

  @Test
  void the_keys_may_be_kept_for_a_while_and_asked_for_again() {
    Answer first = server.get("/.well-known/jwks");
    assertThat(first.header("Cache-Control")).isEqualTo("public, max-age=300");
    String tag = first.header("ETag");
    for (String tags : List.of(tag, "W/" + tag, "\"other\", " + tag, "*")) {
      Answer again = server.get("/.well-known/jwks", "If-None-Match", tags);
      assertThat(again.status()).isEqualTo(304);
      assertThat(again.body()).isEmpty();
      assertThat(again.header("ETag")).isEqualTo(tag);
      assertThat(again.header("Cache-Control")).isEqualTo("public, max-age=300");
    }
    assertThat(server.get("/.well-known/jwks", "If-None-Match", "\"other\"").status())
        .isEqualTo(200);
    assertThat(server.send(server.request("HEAD", "/.well-known/jwks", "")).header("ETag"))
        .isEqualTo(tag);
    Answer post = server.send(server.request("POST", "/.well-known/jwks", "x"));
    assertThat(post.status()).isEqualTo(405);
    assertThat(post.header("Allow")).isEqualTo("GET, HEAD");
  }

  @Test
  void a_token_is_exchanged_at_the_same_server() {
    server.create(
        """
        Resources:
          GitHub:
            Type: AWS::IAM::OIDCProvider
            Properties:
              Url: https://token.actions.githubusercontent.com
              ClientIdList: [sts.amazonaws.com]
          Deploy:
            Type: AWS::IAM::Role
            Properties:
              RoleName: deploy
              AssumeRolePolicyDocument:
                Version: "2012-10-17"
                Statement:
                  Effect: Allow
                  Action: sts:AssumeRoleWithWebIdentity
                  Principal: {Federated: !Ref GitHub}
                  Condition:
                    StringEquals:
                      token.actions.githubusercontent.com:sub: repo:octo-org/octo-repo:ref:refs/heads/main
        """,
        Map.of());
    String role = "arn:aws:iam::123456789012:role/deploy";
    try (Registration job = register(RepositoryForm.NAMES);
        Registration withIds = register(RepositoryForm.NAMES_AND_IDS)) {
      String token = token(job);
      assertThat(server.exchange(role, "run-1", token).status()).isEqualTo(200);
      assertThat(server.exchange(role, "run-1", token(withIds)).error())
          .isEqualTo("403 AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity");
      clock.set(NOON.plusSeconds(300 + 300));
      assertThat(server.exchange(role, "run-1", token).text("Code"))
          .isEqualTo("ExpiredTokenException");
    }
  }

  private String token(Registration job) {
    return json(ask(job, "&audience=sts.amazonaws.com")).path("value").asString();
  }

  @Test
  void health_and_unknown_paths_of_our_own_are_answered() {
    assertThat(server.get("/_/health").body()).isEqualTo("{\"status\":\"ok\"}\n");
    assertThat(server.get("/_/nothing").status()).isEqualTo(404);
    assertThat(server.get("/.well-known/nothing").status()).isEqualTo(404);
  }
}
