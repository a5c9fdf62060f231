package dev.tegata.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.audit.AuditEvent.Changed;
import dev.tegata.audit.AuditEvent.SignatureRefused;
import dev.tegata.server.Answer;
import dev.tegata.server.ForeignIssuer;
import dev.tegata.server.RunningServer;
import dev.tegata.sigv4.RequestSigner.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeyRetrievalApiTest {
  private static final String CLUSTER = "https://kubernetes.default.svc.cluster.local";
  private static final String ARN =
      "arn:aws:iam::123456789012:oidc-provider/kubernetes.default.svc.cluster.local";
  private static final String PATH = "providers/key-retrieval";

  private final ForeignIssuer keys = new ForeignIssuer();
  private Optional<ApiFixture> open = Optional.empty();

  @BeforeAll
  void start(@TempDir Path data) throws IOException {
    open = Optional.of(new ApiFixture(data));
    api()
        .server()
        .create(
            Files.readString(Path.of("src/test/resources/vectors/api/revocations.yaml")),
            Map.of("Issuer", CLUSTER, "Host", CLUSTER.substring("https://".length())));
  }

  @AfterAll
  void stop() {
    open.ifPresent(ApiFixture::close);
    keys.close();
  }

  private Answer ask(String method, String query, String body, Credentials... credentials) {
    return api()
        .ask(
            method,
            PATH + query,
            body,
            credentials.length == 0 ? RunningServer.ROOT : credentials[0]);
  }

  private ApiFixture api() {
    return open.orElseThrow();
  }

  private Answer exchange() {
    long now = ApiFixture.NOON.getEpochSecond();
    String token =
        keys.token(
            """
            {"iss":"%s","aud":"sts.amazonaws.com","sub":"repo:octo-org/app","iat":%d,"exp":%d}\
            """
                .formatted(CLUSTER, now, now + 300));
    return api().server().exchange("arn:aws:iam::123456789012:role/team/deploy", "run-1", token);
  }

  @Test
  void the_keys_of_an_issuer_that_nobody_can_reach_are_given_to_a_server_that_runs() {
    Answer put = ask("PUT", "?arn=" + ARN, "{\"jwkSet\": " + keys.jwkSet() + "}");
    assertThat(put.status()).as(put.body()).isEqualTo(200);
    assertThat(exchange().status()).isEqualTo(200);
    Answer got = ask("GET", "?arn=" + ARN, "");
    assertThat(got.body()).isEqualTo(put.body());
    assertThat(ApiFixture.json(got).path("jwkSet").path("keys")).hasSize(2);
    assertThat(ApiFixture.json(got).path("privateAddresses").asBoolean()).isFalse();
    assertThat(api().server().events())
        .anyMatch(event -> event instanceof Changed it && it.name().equals("PutKeyRetrieval"));
  }

  @Test
  void what_is_left_out_is_the_way_of_aws() {
    ask("PUT", "?arn=" + ARN, "{\"jwkSet\": " + keys.jwkSet() + ", \"privateAddresses\": true}");
    assertThat(ask("PUT", "?arn=" + ARN, "{}").body())
        .isEqualTo("{\"certificateAuthorities\":[],\"privateAddresses\":false}\n");
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvFileSource(
      resources = "/vectors/api/bad-key-retrievals.tsv",
      delimiter = '\t',
      quoteCharacter = '~',
      numLinesToSkip = 1)
  void it_is_read_strictly(String method, String query, String body, String expected) {
    Answer answer = ask(method, query.replace("ARN", ARN), body);
    assertThat(
            ApiFixture.json(answer).path("code").asString()
                + ": "
                + ApiFixture.json(answer).path("message").asString())
        .isEqualTo(expected);
  }

  @Test
  void who_may_manage_providers_may_not_for_that_change_where_keys_come_from() {
    Credentials ci =
        api()
            .session(
                "{Effect: Allow, Action: [\"iam:*\", \"tegata:GetKeyRetrieval\"], Resource: \"*\"}");
    assertThat(ask("GET", "?arn=" + ARN, "", ci).status()).isEqualTo(200);
    Answer put = ask("PUT", "?arn=" + ARN, "{}", ci);
    assertThat(put.status()).isEqualTo(403);
    assertThat(put.body()).contains("tegata:PutKeyRetrieval on resource: " + ARN);
  }

  @Test
  void a_body_that_is_too_long_is_refused_and_recorded() {
    assertThat(ask("PUT", "?arn=" + ARN, "x".repeat(256 * 1024 + 1)).status()).isEqualTo(413);
    assertThat(api().server().events().getLast())
        .isInstanceOfSatisfying(
            SignatureRefused.class,
            refused -> {
              assertThat(refused.accessKeyId()).isEqualTo(RunningServer.ROOT.accessKeyId());
              assertThat(refused.outcome().sentence())
                  .isEqualTo("RequestEntityTooLarge: the body is longer than 262144 bytes");
            });
  }
}
