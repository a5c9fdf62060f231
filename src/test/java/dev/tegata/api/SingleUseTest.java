package dev.tegata.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.audit.AuditEvent.RoleRequested;
import dev.tegata.server.Answer;
import dev.tegata.server.ForeignIssuer;
import dev.tegata.server.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SingleUseTest {
  private static final String ROLES = "arn:aws:iam::123456789012:role/";
  private static final String USED =
      "400 InvalidIdentityToken: The web identity token provided could not be validated. See the"
          + " AssumeRoleWithWebIdentity documentation for requirements.";

  private final ForeignIssuer issuer = new ForeignIssuer();
  private int number;
  private Optional<ApiFixture> open = Optional.empty();

  @BeforeAll
  void start(@TempDir Path data) throws IOException {
    open = Optional.of(new ApiFixture(data));
    create("true");
  }

  @BeforeEach
  void another() {
    number++;
  }

  private void create(String singleUse) throws IOException {
    api()
        .server()
        .create(
            Files.readString(Path.of("src/test/resources/vectors/api/revocations.yaml")),
            Map.of("Issuer", issuer.url(), "Host", issuer.host(), "SingleUse", singleUse));
  }

  @AfterAll
  void stop() {
    open.ifPresent(ApiFixture::close);
    issuer.close();
  }

  /// `N` is another number in each test.
  private String token(String claims) {
    String more = claims.replace("N", Integer.toString(number));
    long now = ApiFixture.NOON.getEpochSecond();
    return issuer.token(
        """
        {"iss":"%s","aud":"sts.amazonaws.com","sub":"repo:octo-org/app","iat":%d,"exp":%d%s}\
        """
            .formatted(issuer.url(), now, now + 300, more));
  }

  private ApiFixture api() {
    return open.orElseThrow();
  }

  private Answer exchange(String role, String token) {
    return api().server().exchange(ROLES + role, "run-1", token);
  }

  private void assertUsedOnce(String token) {
    assertThat(exchange("team/deploy", token).status()).isEqualTo(200);
    assertThat(exchange("team/deploy", token).error()).isEqualTo(USED);
  }

  @Test
  void a_token_is_exchanged_once() {
    assertUsedOnce(token(",\"jti\":\"one-N\""));
    assertThat(exchange("team/deploy", token(",\"jti\":\"two-N\"")).status()).isEqualTo(200);
    assertThat(api().server().events())
        .filteredOn(RoleRequested.class::isInstance)
        .extracting(it -> ((RoleRequested) it).outcome().sentence())
        .contains(
            "InvalidIdentityToken: the token was used before, and its provider lets each be used"
                + " once");
  }

  @Test
  void a_token_without_an_id_is_known_by_what_it_says() {
    assertUsedOnce(token(""));
    assertUsedOnce(token(",\"jti\":\"\""));
    assertUsedOnce(token(",\"jti\":7N"));
  }

  @Test
  void two_tokens_with_one_id_are_one() {
    assertThat(exchange("team/deploy", token(",\"jti\":\"one-N\"")).status()).isEqualTo(200);
    assertThat(exchange("team/deploy", token(",\"jti\":\"one-N\",\"again\":true")).error())
        .isEqualTo(USED);
  }

  @Test
  void a_refusal_does_not_use_a_token_up() {
    String token = token(",\"jti\":\"one-N\"");
    assertThat(exchange("next", token).status()).isEqualTo(403);
    assertThat(exchange("nobody", token).status()).isEqualTo(403);
    assertUsedOnce(token);
  }

  @Test
  void a_restart_forgets_nothing() {
    String token = token(",\"jti\":\"one-N\"");
    assertThat(exchange("team/deploy", token).status()).isEqualTo(200);
    api().restart();
    assertThat(exchange("team/deploy", token).error()).isEqualTo(USED);
  }

  @Test
  void of_many_who_come_at_once_one_is_let_in() throws Exception {
    String token = token(",\"jti\":\"one-N\"");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> calls =
          IntStream.range(0, 20)
              .<Callable<Integer>>mapToObj(_ -> () -> exchange("team/deploy", token).status())
              .toList();
      assertThat(threads.invokeAll(calls).stream().map(Future::resultNow))
          .filteredOn(status -> status == 200)
          .hasSize(1);
    }
  }

  @Test
  void without_the_tag_a_token_is_good_until_it_expires() {
    tag("false");
    String token = token(",\"jti\":\"one-N\"");
    assertThat(exchange("team/deploy", token).status()).isEqualTo(200);
    assertThat(exchange("team/deploy", token).status()).isEqualTo(200);
    tag("TRUE");
    assertUsedOnce(token);
  }

  private void tag(String value) {
    Answer answer =
        api()
            .server()
            .query(
                Map.of(
                    "Action", "TagOpenIDConnectProvider",
                    "Version", "2010-05-08",
                    "OpenIDConnectProviderArn",
                        "arn:aws:iam::123456789012:oidc-provider/" + issuer.host(),
                    "Tags.member.1.Key", "tegata:single-use",
                    "Tags.member.1.Value", value),
                RunningServer.ROOT,
                "iam");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  @Test
  void a_template_that_is_given_again_turns_it_off_and_on() throws IOException {
    create("false");
    String token = token(",\"jti\":\"one-N\"");
    assertThat(exchange("team/deploy", token).status()).isEqualTo(200);
    create("true");
    assertUsedOnce(token);
  }
}
