package dev.tegata.api;

import static dev.tegata.Golden.assertGolden;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.api.ApiFixture.Registered;
import dev.tegata.audit.AuditEvent.SignatureRefused;
import dev.tegata.server.Answer;
import dev.tegata.server.RunningServer;
import dev.tegata.sigv4.RequestSigner.Credentials;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GithubApiTest {
  private static final String MAIN = ApiFixture.CLAIMS;
  private static final String OLD = "\"repository_created\": \"2020-01-01\"";
  private static final String ORG = "orgs/octo-org/actions/oidc/customization/";
  private static final String REPO = "repos/octo-org/app/actions/oidc/customization/sub";
  private static final String ENTERPRISE = "enterprises/avocado-corp/actions/oidc/customization/";

  private static int count;

  private final StringBuilder conversation = new StringBuilder();
  private Optional<ApiFixture> open = Optional.empty();
  private String number = "";
  private String token = "";

  @BeforeAll
  void start(@TempDir Path data) {
    open = Optional.of(new ApiFixture(data));
  }

  @BeforeEach
  void name() {
    number = "-" + ++count;
    conversation.setLength(0);
    api().clock.set(ApiFixture.NOON);
    token = token(RunningServer.ROOT, "");
  }

  @AfterAll
  void stop() {
    open.ifPresent(ApiFixture::close);
  }

  private ApiFixture api() {
    return open.orElseThrow();
  }

  /// Each test has an organization and an enterprise of its own, whose names are told without what
  /// sets them apart.
  private String own(String text) {
    return text.replaceAll("(?i)(octo-org|avocado-corp)", "$1" + number);
  }

  private String told(String text) {
    return text.replaceAll("(?i)(octo-org|avocado-corp)" + number, "$1");
  }

  private Registered register(String more, String claims) {
    return api().register(more, own(claims));
  }

  private String subject(Registered job) {
    return told(api().subject(job));
  }

  private String token(Credentials credentials, String body) {
    return ApiFixture.json(api().ask("POST", "tokens", body, credentials)).path("token").asString();
  }

  private Answer send(String authorization, String method, String path, String body) {
    RunningServer server = api().server();
    Answer answer =
        server.send(
            server.request(method, "/_/api/v3/" + own(path), body, "Authorization", authorization));
    return new Answer(answer.status(), answer.headers(), told(answer.body()));
  }

  /// Asks, and writes down what was said.
  private Answer ask(String method, String path, String body) {
    Answer answer = send("Bearer " + token, method, path, body);
    conversation
        .append("> " + method + " /" + path + (body.isEmpty() ? "" : " " + body) + "\n")
        .append("< " + answer.status() + " " + answer.body() + "\n");
    return answer;
  }

  private void put(String path, String body) {
    assertThat(ask("PUT", path, body).status()).isBetween(200, 204);
  }

  @Test
  void a_template_is_asked_for_and_set_as_at_github() throws IOException {
    ask("GET", ORG + "sub", "");
    ask("PUT", ORG + "sub", "{\"include_claim_keys\": [\"repo\", \"context\", \"actor\"]}");
    ask("GET", ORG + "sub", "");
    ask("PUT", ORG + "sub", "{\"use_immutable_subject\": true}");
    ask("GET", ORG + "sub", "");
    ask("GET", REPO, "");
    ask("PUT", REPO, "{\"use_default\": false, \"include_claim_keys\": [\"repository_id\"]}");
    ask("GET", REPO, "");
    register(OLD, MAIN);
    ask("GET", REPO, "");
    ask("PUT", REPO, "{\"use_default\": true}");
    ask("GET", "repos/Octo-Org/APP/actions/oidc/customization/sub", "");
    assertGolden("api/github-subjects.txt", conversation.toString());
  }

  @Test
  void a_body_that_is_not_right_is_told_in_githubs_words() throws IOException {
    ask("PUT", REPO, "");
    ask("PUT", REPO, "[]");
    ask("PUT", REPO, "{");
    ask("PUT", REPO, "{}");
    ask("PUT", REPO, "{\"use_default\": \"no\"}");
    ask("PUT", REPO, "{\"use_default\": false, \"include_claims\": []}");
    ask("PUT", REPO, "{\"use_default\": false, \"include_claim_keys\": \"repo\"}");
    ask("PUT", REPO, "{\"use_default\": false, \"include_claim_keys\": [\"repo\", 7]}");
    ask("PUT", REPO, "{\"use_default\": false, \"include_claim_keys\": [\"re:po\"]}");
    ask("PUT", REPO, "{\"use_default\": false, \"include_claim_keys\": [\"repo\", \"repo\"]}");
    ask("PUT", ENTERPRISE + "issuer", "{\"include_enterprise_slug\": 1}");
    ask("POST", ORG + "properties/repo", "{}");
    ask("POST", ORG + "properties/repo", "{\"custom_property_name\": \"a b\"}");
    assertGolden("api/github-bad-bodies.txt", conversation.toString());
    assertThat(ask("GET", REPO, "").body()).isEqualTo("{\"use_default\":true}");
  }

  @Test
  void what_is_not_there_is_not_found() throws IOException {
    ask("GET", "", "");
    ask("GET", "user", "");
    ask("POST", REPO, "{\"use_default\": true}");
    ask("GET", ENTERPRISE + "sub", "");
    ask("GET", "repos/octo-org/actions/oidc/customization/sub", "");
    ask("GET", "orgs/octo%2Dorg/actions/oidc/customization/sub", "");
    ask("DELETE", ORG + "properties/repo/team", "");
    assertGolden("api/github-not-found.txt", conversation.toString());
  }

  @Test
  void custom_properties_are_added_and_taken_away() throws IOException {
    ask("GET", ORG + "properties/repo", "");
    ask("POST", ORG + "properties/repo", "{\"custom_property_name\": \"team\"}");
    ask("POST", ORG + "properties/repo", "{\"custom_property_name\": \"team\"}");
    ask("POST", ENTERPRISE + "properties/repo", "{\"custom_property_name\": \"region\"}");
    ask("GET", ORG + "properties/repo", "");
    ask("GET", ENTERPRISE + "properties/repo", "");
    ask("DELETE", ORG + "properties/repo/team", "");
    ask("GET", ORG + "properties/repo", "");
    assertGolden("api/github-properties.txt", conversation.toString());
  }

  @Test
  void who_does_not_show_a_good_token_gets_nothing() throws IOException {
    StringBuilder told = new StringBuilder();
    String good = token;
    for (String header :
        new String[] {
          "Bearer x", "Bearer", "Basic " + good, "token tegata_x", "Bearer " + good + "x"
        }) {
      told.append(send(header, "GET", REPO, "")).append('\n');
    }
    RunningServer server = api().server();
    told.append(server.send(server.request("GET", "/_/api/v3/" + REPO, ""))).append('\n');
    assertGolden("api/github-unauthenticated.txt", told.toString());
    assertThat(send("token " + good, "GET", REPO, "").status()).isEqualTo(200);
    assertThat(send("bearer " + good, "GET", REPO, "").status()).isEqualTo(200);
    api().clock.set(ApiFixture.NOON.plus(Duration.ofHours(1)).minusMillis(1));
    assertThat(send("token " + good, "GET", REPO, "").status()).isEqualTo(200);
    api().clock.set(ApiFixture.NOON.plus(Duration.ofHours(1)));
    assertThat(send("token " + good, "GET", REPO, "").status()).isEqualTo(401);
  }

  @Test
  void the_operator_learns_why_a_token_is_good_no_more() {
    Credentials admin = api().session("{Effect: Allow, Action: \"tegata:*\", Resource: \"*\"}");
    token = token(admin, "{}");
    String key = admin.accessKeyId();
    Answer revoked =
        api()
            .ask(
                "POST",
                "revocations",
                "{\"access_key\": \"%s\", \"reason\": \"token in a log\"}".formatted(key));
    assertThat(revoked.status()).as(revoked.toString()).isEqualTo(201);
    assertThat(ask("GET", REPO, "").status()).isEqualTo(401);
    SignatureRefused refused = (SignatureRefused) api().server().events().getLast();
    assertThat(refused.accessKeyId()).isEqualTo(key);
    assertThat(refused.outcome().reason()).contains("revo", "token in a log");
  }

  @Test
  void policies_say_who_may_customize_what() throws IOException {
    Credentials admin =
        api()
            .session(
                """
                {Effect: Allow, Action: ["tegata:CreateApiToken", "tegata:GetOidcCustomization"], Resource: "*"},
                {Effect: Allow, Action: "tegata:PutOidcCustomization", Resource: "arn:aws:tegata:us-east-1:123456789012:repository/octo-org*/*"}
                """
                    .strip());
    token = token(admin, "{\"duration_seconds\": 43200}");
    put(REPO, "{\"use_default\": true}");
    Answer denied = ask("PUT", ORG + "sub", "{}");
    assertGolden("api/github-forbidden.json", denied + "\n");
    assertThat(ask("GET", ORG + "sub", "").status()).isEqualTo(200);
    api().clock.set(ApiFixture.NOON.plus(Duration.ofHours(1)));
    assertThat(ask("GET", ORG + "sub", "").status()).as("the session is over").isEqualTo(401);
  }

  @Test
  void an_organizations_template_counts_where_a_repository_asks_for_it() {
    Registered job = register(OLD, MAIN);
    put(ORG + "sub", "{\"include_claim_keys\": [\"repo\", \"actor\"]}");
    assertThat(subject(job)).isEqualTo("repo:octo-org/app:ref:refs/heads/main");
    put(REPO, "{\"use_default\": false}");
    assertThat(subject(job)).isEqualTo("repo:octo-org/app:actor:octocat");
    put(
        REPO,
        "{\"use_default\": false, \"include_claim_keys\": [\"repository_owner\", \"context\"]}");
    assertThat(subject(job)).isEqualTo("repository_owner:octo-org:ref:refs/heads/main");
    put(REPO, "{\"use_default\": true, \"include_claim_keys\": [\"actor\"]}");
    assertThat(subject(job)).isEqualTo("repo:octo-org/app:ref:refs/heads/main");
    api().restart();
    put(REPO, "{\"use_default\": false}");
    assertThat(subject(job)).isEqualTo("repo:octo-org/app:actor:octocat");
  }

  @Test
  void ids_can_be_asked_for_and_not_taken_out_of_new_repositories() {
    Registered old = register(OLD, MAIN);
    put(REPO, "{\"use_default\": true, \"use_immutable_subject\": true}");
    assertThat(subject(old)).isEqualTo("repo:octo-org@123456/app@456789:ref:refs/heads/main");
    put(REPO, "{\"use_default\": true, \"use_immutable_subject\": false}");
    assertThat(subject(old)).isEqualTo("repo:octo-org/app:ref:refs/heads/main");
    put(ORG + "sub", "{\"use_immutable_subject\": true}");
    assertThat(subject(old)).isEqualTo("repo:octo-org@123456/app@456789:ref:refs/heads/main");
    put(ORG + "sub", "{\"use_immutable_subject\": false}");
    Registered created = register("\"repository_created\": \"2026-08-01\"", MAIN);
    assertThat(subject(created)).isEqualTo("repo:octo-org@123456/app@456789:ref:refs/heads/main");
    assertThat(ApiFixture.json(ask("GET", REPO, "")).path("sub_claim_prefix").asString())
        .isEqualTo("repo:octo-org@123456/app@456789");
  }

  @Test
  void a_template_may_oblige_every_job_to_name_an_environment() throws IOException {
    put(REPO, "{\"use_default\": false, \"include_claim_keys\": [\"repo\", \"environment\"]}");
    assertGolden("api/claim-missing.json", api().tokenFor(register(OLD, MAIN)) + "\n");
    Registered job = register(OLD, MAIN.replace("{\"repo", "{\"environment\": \"a:b\", \"repo"));
    assertThat(subject(job)).isEqualTo("repo:octo-org/app:environment:a%3Ab");
  }

  @Test
  void tokens_tell_the_properties_that_the_organization_or_the_enterprise_wants() {
    String claims =
        MAIN.replace(
            "{\"repo",
            """
            {"repo_property_team": "a", "repo_property_region": ["eu", "us"],
             "repo_property_secret": "x", "enterprise": "avocado-corp", "enterprise_id": 2, "repo\
            """);
    Registered job = register(OLD, claims);
    assertThat(api().claims(job).toString()).doesNotContain("repo_property");
    ask("POST", ORG + "properties/repo", "{\"custom_property_name\": \"team\"}");
    ask("POST", ENTERPRISE + "properties/repo", "{\"custom_property_name\": \"region\"}");
    JsonNode told = api().claims(job);
    assertThat(told.path("repo_property_team").asString()).isEqualTo("a");
    assertThat(told.path("repo_property_region").asString()).isEqualTo("eu,us");
    assertThat(told.has("repo_property_secret")).isFalse();
  }

  @Test
  void an_enterprise_may_have_an_issuer_of_its_own() {
    RunningServer server = api().server();
    String claims =
        MAIN.replace("{\"repo", "{\"enterprise\": \"avocado-corp\", \"enterprise_id\": 2, \"repo");
    Registered job = register(OLD, claims);
    String slug = own("avocado-corp");
    String document = "/" + slug + "/.well-known/openid-configuration";
    assertThat(api().claims(job).path("iss").asString()).isEqualTo(ApiFixture.ISSUER);
    assertThat(server.get(document).status()).isEqualTo(403);
    put(ENTERPRISE + "issuer", "{\"include_enterprise_slug\": true}");
    assertThat(api().claims(job).path("iss").asString()).isEqualTo(ApiFixture.ISSUER + "/" + slug);
    assertThat(ApiFixture.json(server.get(document)).path("issuer").asString())
        .isEqualTo(ApiFixture.ISSUER + "/" + slug);
    assertThat(ApiFixture.json(server.get(document)).path("jwks_uri").asString())
        .isEqualTo(ApiFixture.ISSUER + "/" + slug + "/.well-known/jwks");
    assertThat(server.get("/" + slug + "/.well-known/jwks").body())
        .isEqualTo(server.get("/.well-known/jwks").body());
    assertThat(server.get("/" + slug + "/x/.well-known/jwks").status()).isEqualTo(403);
    assertThat(letIn(job)).isEqualTo(200);
    put(ENTERPRISE + "issuer", "{}");
    assertThat(api().claims(job).path("iss").asString()).isEqualTo(ApiFixture.ISSUER);
  }

  /// The status of an exchange at a provider with the enterprise's own issuer.
  private int letIn(Registered job) {
    api()
        .server()
        .create(
            own(
                """
                Resources:
                  Provider:
                    Type: AWS::IAM::OIDCProvider
                    Properties:
                      Url: https://token.actions.githubusercontent.com/avocado-corp
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
                              token.actions.githubusercontent.com/avocado-corp:sub: repo:octo-org/app:ref:refs/heads/main
                """),
            Map.of());
    return api()
        .server()
        .exchange("arn:aws:iam::123456789012:role/deploy", "run", api().token(job))
        .status();
  }
}
