package dev.tegata.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import dev.tegata.authentication.Session.AssumedRole;
import dev.tegata.authentication.Session.SessionPolicies;
import dev.tegata.authentication.Session.SessionTags;
import dev.tegata.authentication.Session.WebIdentity;
import dev.tegata.authentication.Session.Workload;
import dev.tegata.keys.KeyRing;
import dev.tegata.sigv4.SecretAccessKey;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SessionTokensTest {
  private static final Instant NOON = Instant.parse("2026-09-11T12:00:00Z");
  private static final AccountId ACCOUNT = new AccountId("123456789012");
  private static final KeyRing RING = KeyRing.create();
  private static final Session SESSION =
      new Session(
          new UniqueId("ASIARZPUZDIKNEXAMPLE"),
          new SecretAccessKey("wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY12"),
          new AssumedRole(ACCOUNT, "deploy", new UniqueId("AROARZPUZDIKNEXAMPLEX"), "ci"),
          NOON,
          NOON.plusSeconds(3600),
          new SessionPolicies(
              Optional.of("{\"Statement\":[]}"),
              List.of(Arn.parse("arn:aws:iam::aws:policy/ReadOnlyAccess"))),
          new SessionTags(Map.of("Team", "ängineering", "Cost", ""), Set.of("Team")),
          Optional.of("octocat"),
          Optional.of(
              new WebIdentity(
                  Arn.iam(ACCOUNT, "oidc-provider/token.actions.githubusercontent.com"),
                  "sts.amazonaws.com",
                  "repo:o/r:ref:refs/heads/main",
                  List.of("authenticated"),
                  new Workload("o/r", "1001"))),
          new Lineage(
              Optional.of(
                  new WebIdentity(
                      Arn.iam(ACCOUNT, "oidc-provider/gitlab.com"),
                      "a",
                      "s",
                      List.of(),
                      Workload.UNKNOWN)),
              List.of("AKIARZPUZDIKNEXAMPLE"),
              List.of(new UniqueId("AROARZPUZDIKNEXAMPLEY"))),
          true);

  @Test
  void a_token_holds_the_whole_session() {
    String token = new SessionTokens(RING).seal(SESSION);
    assertThat(new SessionTokens(RING).open(token)).hasValue(SESSION);
  }

  @Test
  void the_smallest_session_comes_back_too() {
    Session small =
        new Session(
            SESSION.accessKeyId(),
            SESSION.secret(),
            SESSION.holder(),
            SESSION.issued(),
            SESSION.expiry(),
            SessionPolicies.NONE,
            SessionTags.NONE,
            Optional.empty(),
            Optional.empty(),
            Lineage.NONE,
            false);
    assertThat(new SessionTokens(RING).open(new SessionTokens(RING).seal(small))).hasValue(small);
  }

  /// They take format 3 alone, and would let it in without what it is worth.
  @Test
  void servers_that_know_of_no_second_factor_are_shown_another_format() {
    byte[] sealed = Base64.getDecoder().decode(new SessionTokens(RING).seal(SESSION));
    assertThat(RING.open(sealed, "session token").orElseThrow()).startsWith(4);
  }

  @Test
  void a_token_is_short_enough_to_travel_in_a_header() {
    assertThat(new SessionTokens(RING).seal(SESSION)).hasSizeBetween(400, 800);
  }

  @Test
  void a_token_of_another_key_ring_is_nothing() {
    String token = new SessionTokens(KeyRing.create()).seal(SESSION);
    assertThat(new SessionTokens(RING).open(token)).isEmpty();
  }

  @Test
  void a_token_shows_nothing_of_what_it_holds() {
    String token = new SessionTokens(RING).seal(SESSION);
    assertThat(
            new String(
                Base64.getDecoder().decode(token), java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain("deploy", "ASIA", "wJalr", "octocat");
  }

  static IntStream seeds() {
    return IntStream.range(0, 50);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void a_token_with_one_bit_changed_is_nothing(int seed) {
    Random random = new Random(seed);
    byte[] sealed = Base64.getDecoder().decode(new SessionTokens(RING).seal(SESSION));
    sealed[random.nextInt(sealed.length)] ^= (byte) (1 << random.nextInt(8));
    assertThat(new SessionTokens(RING).open(Base64.getEncoder().encodeToString(sealed))).isEmpty();
  }

  @FuzzTest(maxDuration = "60s")
  @Tag("fuzz")
  void no_text_opens_that_was_not_sealed(String text) {
    assertThat(new SessionTokens(RING).open(text)).isEmpty();
  }
}
