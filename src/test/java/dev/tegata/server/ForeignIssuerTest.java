package dev.tegata.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.audit.AuditEvent.RoleRequested;
import dev.tegata.federation.IssuerKeys;
import dev.tegata.server.ForeignIssuer.Behaviour;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What an issuer can do to a server that asks it for its keys.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForeignIssuerTest {
  private static final Instant NOON = WebIdentityCase.NOON;
  private static final String NO_KEY =
      "400 InvalidIdentityToken: Couldn't retrieve verification key from your identity provider, "
          + " please reference AssumeRoleWithWebIdentity documentation for requirements";

  private final SettableClock clock = new SettableClock(NOON);
  private RunningServer server;
  private ForeignIssuer issuer;

  @BeforeAll
  void start(@TempDir Path data) {
    server = RunningServer.start(data, "", clock);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @BeforeEach
  void register() {
    clock.set(NOON);
    issuer = new ForeignIssuer();
    server.create(WebIdentityCase.cloud(), Map.of("Issuer", issuer.url(), "Host", issuer.host()));
  }

  @AfterEach
  void closeIssuer() {
    issuer.close();
  }

  private Answer exchange() {
    long now = clock.instant().getEpochSecond();
    String times = "{\"iat\":%1$d,\"nbf\":%1$d,\"exp\":%2$d}".formatted(now, now + 300);
    return server.exchange(
        WebIdentityCase.ROLE,
        "run-1",
        issuer.token(WebIdentityCase.changed(WebIdentityCase.goodClaims(issuer), times)));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "DOWN, answers 503",
    "HUGE, answers more than 1048576 bytes",
    "UNDER_ANOTHER_NAME, is that of `https://issuer.example`",
    "REDIRECTING, answers 302",
    "NOT_JSON, JSON",
    "WITHOUT_KEYS, has no keys",
    "KEYS_ELSEWHERE, is not an https URL",
    "SLOW, takes more than 5 s"
  })
  void an_issuer_that_misbehaves_is_not_believed(Behaviour behaviour, String why) {
    issuer.behave(behaviour);
    assertThat(exchange().error()).isEqualTo(NO_KEY);
    assertThat(((RoleRequested) server.events().getLast()).outcome().sentence()).contains(why);
  }

  @Test
  void an_issuer_that_is_gone_is_not_waited_for() {
    String token = issuer.token(WebIdentityCase.goodClaims(issuer));
    issuer.close();
    assertThat(server.exchange(WebIdentityCase.ROLE, "run-1", token).error()).isEqualTo(NO_KEY);
  }

  @Test
  void the_keys_are_asked_for_once_and_kept() {
    for (int i = 0; i < 5; i++) {
      assertThat(exchange().status()).isEqualTo(200);
    }
    assertThat(issuer.fetches()).isEqualTo(2); // the discovery document and the keys
    clock.set(NOON.plus(IssuerKeys.FRESH));
    assertThat(exchange().status()).isEqualTo(200); // with the old keys, while new ones are fetched
    for (int i = 0; i < 500 && issuer.fetches() < 4; i++) {
      LockSupport.parkNanos(10_000_000);
    }
    assertThat(issuer.fetches()).isEqualTo(4);
  }

  @Test
  void a_new_key_is_found_when_a_token_asks_for_it() {
    assertThat(exchange().status()).isEqualTo(200);
    issuer.rotate("next");
    clock.set(NOON.plus(IssuerKeys.PAUSE));
    assertThat(exchange().status()).isEqualTo(200);
  }

  @Test
  void a_new_key_under_the_old_key_id_is_found_too() {
    assertThat(exchange().status()).isEqualTo(200);
    issuer.rotate("rsa");
    clock.set(NOON.plus(IssuerKeys.PAUSE));
    assertThat(exchange().status()).isEqualTo(200);
  }

  @Test
  void a_flood_of_unknown_key_ids_does_not_become_a_flood_of_fetches() {
    assertThat(exchange().status()).isEqualTo(200);
    String forged =
        issuer.sign("{\"alg\":\"RS256\",\"kid\":\"other\"}", WebIdentityCase.goodClaims(issuer));
    for (int i = 0; i < 20; i++) {
      assertThat(server.exchange(WebIdentityCase.ROLE, "run-1", forged).error()).isEqualTo(NO_KEY);
    }
    assertThat(issuer.fetches()).isLessThanOrEqualTo(4);
  }

  @Test
  void a_short_outage_stops_nobody() {
    assertThat(exchange().status()).isEqualTo(200);
    issuer.behave(Behaviour.DOWN);
    clock.set(NOON.plus(Duration.ofHours(5)));
    assertThat(exchange().status()).isEqualTo(200);
    clock.set(NOON.plus(IssuerKeys.STALE));
    assertThat(exchange().error()).isEqualTo(NO_KEY);
    issuer.behave(Behaviour.HONEST);
    clock.set(NOON.plus(IssuerKeys.STALE).plus(IssuerKeys.PAUSE));
    assertThat(exchange().status()).isEqualTo(200);
  }

  @Test
  void an_empty_set_of_keys_never_takes_the_place_of_a_good_one() {
    assertThat(exchange().status()).isEqualTo(200);
    issuer.behave(Behaviour.WITHOUT_KEYS);
    clock.set(NOON.plus(IssuerKeys.FRESH));
    assertThat(exchange().status()).isEqualTo(200);
  }

  @Test
  void a_token_of_one_issuer_is_no_token_of_another() {
    try (ForeignIssuer other = new ForeignIssuer()) {
      server.create(WebIdentityCase.cloud(), Map.of("Issuer", other.url(), "Host", other.host()));
      String claims = WebIdentityCase.goodClaims(issuer); // names the first as its issuer
      assertThat(server.exchange(WebIdentityCase.ROLE, "run-1", other.token(claims)).error())
          .startsWith("400 InvalidIdentityToken: The web identity token provided");
      String named = other.token(WebIdentityCase.goodClaims(other));
      assertThat(server.exchange(WebIdentityCase.ROLE, "run-1", named).status())
          .as("the role trusts the one that was named last")
          .isEqualTo(200);
      assertThat(exchange().error())
          .isEqualTo("403 AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity");
    }
  }
}
