package dev.tegata.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWKSet;
import dev.tegata.github.SampleJob;
import dev.tegata.github.SubjectTemplate.RepositoryForm;
import dev.tegata.issuer.JobDescription;
import dev.tegata.issuer.JobTokens.Registration;
import dev.tegata.provisioning.OperatorCall;
import dev.tegata.store.OidcProvider.KeyRetrieval;
import dev.tegata.yaml.YamlException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// The templates of `docs/trusted-issuers.md`, each with a token as its issuer makes it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrustedIssuersTest {
  private static final Pattern TEMPLATE =
      Pattern.compile("```yaml\n# (\\w+\\.yaml)\n(.*?)```", Pattern.DOTALL);
  private static final String ROLES = "arn:aws:iam::123456789012:role/";

  private final SettableClock clock = new SettableClock(WebIdentityCase.NOON);
  private final ForeignIssuer keys = new ForeignIssuer();
  private RunningServer server;
  private Map<String, String> templates;

  @BeforeAll
  void start(@TempDir Path data) throws IOException {
    server = RunningServer.start(data, "", clock);
    templates =
        TEMPLATE
            .matcher(Files.readString(Path.of("docs/trusted-issuers.md")))
            .results()
            .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)));
  }

  @AfterAll
  void stop() {
    server.close();
    keys.close();
  }

  private String template(String name) {
    return Optional.ofNullable(templates.get(name)).orElseThrow();
  }

  private String jwkSet() {
    return new JWKSet(List.of(keys.rsa(), keys.ec())).toString(true);
  }

  /// Gives the server the keys of a public issuer, which a test cannot ask.
  private void giveKeys(String provider) {
    server
        .server()
        .iam()
        .keyRetrievals()
        .put(
            "arn:aws:iam::123456789012:oidc-provider/" + provider,
            new KeyRetrieval(jwkSet(), List.of(), false),
            new OperatorCall(RunningServer.ACCOUNT, clock.instant()));
  }

  private void assertExchanged(String role, String issuer, String audience, String subject) {
    long now = clock.instant().getEpochSecond();
    String token =
        keys.token(
            "{\"iss\":\"%s\",\"aud\":[\"%s\"],\"sub\":\"%s\",\"iat\":%d,\"exp\":%d}"
                .formatted(issuer, audience, subject, now, now + 300));
    assertThat(server.exchange(ROLES + role, "run-1", token).body())
        .contains("<SubjectFromWebIdentityToken>" + subject + "<");
    String stranger =
        keys.token(
            "{\"iss\":\"%s\",\"aud\":[\"%s\"],\"sub\":\"%s-x\",\"iat\":%d,\"exp\":%d}"
                .formatted(issuer, audience, subject, now, now + 300));
    assertThat(server.exchange(ROLES + role, "run-1", stranger).error())
        .isEqualTo("403 AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity");
  }

  @Test
  void a_job_of_github_gets_its_role() {
    server.create(template("github.yaml"), Map.of());
    giveKeys("token.actions.githubusercontent.com");
    String issuer = "https://token.actions.githubusercontent.com";
    String audience = "sts.amazonaws.com";
    assertExchanged(
        "github-deploy", issuer, audience, "repo:octo-org/octo-repo:ref:refs/heads/main");
    assertExchanged(
        "github-deploy",
        issuer,
        audience,
        "repo:octo-org@123456/octo-repo@456789:ref:refs/heads/main");
  }

  @Test
  void a_job_of_gitlab_gets_its_role() {
    server.create(template("gitlab.yaml"), Map.of());
    giveKeys("gitlab.com");
    assertExchanged(
        "gitlab-deploy",
        "https://gitlab.com",
        "https://tegata.example",
        "project_path:acme/shop:ref_type:branch:ref:main");
  }

  @Test
  void a_pod_of_a_cluster_that_nobody_can_reach_gets_its_role() {
    server.create(template("cluster.yaml"), Map.of("Keys", jwkSet()));
    assertExchanged(
        "uploader",
        "https://kubernetes.default.svc.cluster.local",
        "sts.amazonaws.com",
        "system:serviceaccount:apps:uploader");
    assertThat(keys.fetches()).isZero();
  }

  @Test
  void a_job_with_a_token_of_our_own_gets_its_role() {
    server.create(
        template("own.yaml"),
        Map.of("Issuer", server.url().toString(), "IssuerHost", server.url().getAuthority()));
    JobDescription description =
        new JobDescription(
            RunningServer.ACCOUNT, "build", SampleJob.onMain(), RepositoryForm.NAMES);
    try (Registration job = server.server().jobs().register(description, clock.instant())) {
      URI url = job.requestUrl(server.url());
      Answer answer =
          server.get(
              url.getRawPath() + "?" + url.getRawQuery() + "&audience=sts.amazonaws.com",
              "Authorization",
              "bearer " + job.requestToken());
      String token = JsonMapper.shared().readTree(answer.body()).path("value").asString();
      assertThat(server.exchange(ROLES + "own-deploy", "run-1", token).status()).isEqualTo(200);
    }
  }

  @Test
  void keys_that_cannot_be_read_are_refused_at_their_place() {
    assertThatThrownBy(() -> server.create(template("cluster.yaml"), Map.of("Keys", "{}")))
        .isInstanceOf(YamlException.class)
        .hasMessage(
            "resource Provider (AWS::IAM::OIDCProvider): `Tegata` cannot be used: a JWK set has a"
                + " list `keys`");
  }
}
