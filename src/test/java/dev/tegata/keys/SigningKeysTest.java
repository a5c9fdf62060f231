package dev.tegata.keys;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tegata.database.Database;
import dev.tegata.keys.SigningKeys.Plan;
import dev.tegata.keys.SigningKeys.Rotation;
import dev.tegata.token.Crypto;
import dev.tegata.token.JwsAlgorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keys of P-256, for they are made in no time; only one test makes RSA keys.
class SigningKeysTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Duration INSTANT = Duration.ofMillis(1);
  private static final Duration MONTH = Duration.ofDays(30);
  private static final Crypto CRYPTO = Crypto.jdk();

  private final KeyRing sealing = KeyRing.create();
  private final List<Database> open = new ArrayList<>();

  @TempDir private Path folder;

  private SigningKeys node(Plan plan) {
    Database database = Database.open(folder.resolve("tegata.db"));
    open.add(database);
    return SigningKeys.in(database, sealing, plan, CRYPTO)
        .startingWith(() -> SigningKey.create(plan.algorithm(), CRYPTO), NOON);
  }

  private SigningKeys node() {
    return node(new Plan(JwsAlgorithm.ES256, MONTH));
  }

  @AfterEach
  void stop() {
    open.forEach(Database::close);
  }

  private static String signing(SigningKeys keys, Instant now) {
    return keys.signing(now).keyId().text();
  }

  private static List<String> published(SigningKeys keys, Instant now) {
    return keys.published(now).stream().map(key -> key.keyId().text()).toList();
  }

  @Test
  void the_first_key_signs_at_once() {
    SigningKeys keys = node();
    assertThat(published(keys, NOON)).containsExactly(signing(keys, NOON));
  }

  @Test
  void a_restart_finds_the_same_keys() {
    SigningKeys keys = node();
    String next = keys.rotate(NOON).keyId();
    assertThat(published(node(), NOON)).containsExactly(next, signing(keys, NOON));
  }

  @Test
  void a_next_key_is_published_at_once_and_signs_after_the_lead() {
    SigningKeys keys = node();
    String first = signing(keys, NOON);
    Rotation rotation = keys.rotate(NOON);
    assertThat(rotation.signsFrom()).isEqualTo(NOON.plus(SigningKeys.LEAD));
    assertThat(published(keys, NOON)).containsExactly(rotation.keyId(), first);
    assertThat(signing(keys, rotation.signsFrom().minus(INSTANT))).isEqualTo(first);
    assertThat(signing(keys, rotation.signsFrom())).isEqualTo(rotation.keyId());
  }

  @Test
  void the_last_key_is_published_until_its_tokens_have_expired() {
    SigningKeys keys = node();
    String first = signing(keys, NOON);
    Rotation rotation = keys.rotate(NOON);
    Instant end = rotation.signsFrom().plus(SigningKeys.AFTERLIFE);
    assertThat(published(keys, end.minus(INSTANT))).containsExactly(rotation.keyId(), first);
    assertThat(published(keys, end)).containsExactly(rotation.keyId());
  }

  @Test
  void relying_parties_have_seen_a_key_before_it_signs_and_keep_it_while_its_tokens_live() {
    assertThat(SigningKeys.LEAD).isGreaterThan(SigningKeys.MAX_AGE.plus(SigningKeys.FRESH));
    assertThat(SigningKeys.AFTERLIFE).isGreaterThan(Duration.ofMinutes(5));
  }

  @Test
  void who_asks_while_a_next_key_waits_gets_that_one() {
    SigningKeys keys = node();
    Rotation rotation = keys.rotate(NOON);
    assertThat(keys.rotate(NOON.plusSeconds(60))).isEqualTo(rotation);
    assertThat(published(keys, NOON.plusSeconds(60))).hasSize(2);
  }

  @Test
  void a_key_signs_for_its_period() {
    SigningKeys keys = node();
    String first = signing(keys, NOON);
    Instant due = NOON.plus(MONTH).minus(SigningKeys.LEAD);
    assertThat(published(keys, due.minus(INSTANT))).containsExactly(first);
    assertThat(published(keys, due.plus(SigningKeys.FRESH))).hasSize(2).contains(first);
    Instant handover = due.plus(SigningKeys.FRESH).plus(SigningKeys.LEAD);
    assertThat(signing(keys, handover.minus(INSTANT))).isEqualTo(first);
    assertThat(signing(keys, handover)).isNotEqualTo(first);
  }

  @Test
  void keys_whose_time_is_over_are_forgotten() {
    SigningKeys keys = node();
    String first = signing(keys, NOON);
    Instant later = keys.rotate(NOON).signsFrom().plus(SigningKeys.AFTERLIFE);
    keys.rotate(later);
    assertThat(published(keys, later)).hasSize(2).doesNotContain(first);
    long left =
        open.getFirst()
            .jdbi()
            .withHandle(
                h -> h.createQuery("select count(*) from signing_key").mapTo(Long.class).one());
    assertThat(left).isEqualTo(2);
  }

  @Test
  void another_algorithm_is_a_reason_to_rotate() {
    SigningKeys keys = node();
    String first = signing(keys, NOON);
    SigningKeys changed = node(new Plan(JwsAlgorithm.RS256, MONTH));
    assertThat(changed.published(NOON))
        .extracting(SigningKey::algorithm)
        .containsExactly(JwsAlgorithm.RS256, JwsAlgorithm.ES256);
    assertThat(signing(changed, NOON)).isEqualTo(first);
    assertThat(changed.signing(NOON.plus(SigningKeys.LEAD)).algorithm())
        .isEqualTo(JwsAlgorithm.RS256);
  }

  @Test
  void a_node_sees_within_a_second_what_another_has_done() {
    SigningKeys keys = node();
    SigningKeys other = node();
    assertThat(signing(other, NOON)).isEqualTo(signing(keys, NOON));
    keys.rotate(NOON);
    assertThat(published(other, NOON.plus(SigningKeys.FRESH)))
        .isEqualTo(published(keys, NOON.plus(SigningKeys.FRESH)))
        .hasSize(2);
  }

  @Test
  void nodes_that_rotate_at_once_make_one_key() throws ExecutionException, InterruptedException {
    SigningKeys keys = node();
    List<SigningKeys> nodes = IntStream.range(0, 4).mapToObj(_ -> node()).toList();
    Set<Rotation> rotations = new HashSet<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Rotation>> asked =
          nodes.stream().map(node -> threads.submit(() -> node.rotate(NOON))).toList();
      for (Future<Rotation> rotation : asked) {
        rotations.add(rotation.get());
      }
    }
    assertThat(rotations).hasSize(1);
    assertThat(published(keys, NOON.plus(SigningKeys.FRESH))).hasSize(2);
  }

  @Test
  void no_token_is_lost_while_keys_change_as_often_as_they_may()
      throws ExecutionException, InterruptedException {
    Plan plan = new Plan(JwsAlgorithm.ES256, Plan.SHORTEST);
    List<SigningKeys> nodes = List.of(node(plan), node(plan), node(plan));
    Set<String> signers = new HashSet<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<List<String>> seen = new ArrayList<>();
      List<List<String>> before = new ArrayList<>();
      for (int minute = 0; minute < 180; minute++) {
        Instant now = NOON.plusSeconds(60L * minute);
        List<Future<String>> signed =
            IntStream.range(0, 9)
                .mapToObj(i -> threads.submit(() -> signing(nodes.get(i % 3), now)))
                .toList();
        seen.add(published(nodes.get(minute % 3), now));
        // What a relying party holds that asked as long ago as it may, or only when the token ends.
        List<String> oldest = seen.get(Math.max(0, minute - 5));
        List<String> atTheEnd = new ArrayList<>();
        for (Future<String> signer : signed) {
          signers.add(signer.get());
          atTheEnd.add(signer.get());
          assertThat(oldest).contains(signer.get());
        }
        before.add(atTheEnd);
        assertThat(seen.get(minute)).containsAll(before.get(Math.max(0, minute - 5)));
      }
    }
    assertThat(signers).hasSizeGreaterThanOrEqualTo(8);
  }

  private SigningKeys forOtherClouds(JwsAlgorithm algorithm) {
    Database database = Database.open(folder.resolve("tegata.db"));
    open.add(database);
    return SigningKeys.forOtherClouds(database, sealing, algorithm, CRYPTO);
  }

  @Test
  void nodes_that_first_ask_for_a_key_at_once_get_the_same()
      throws ExecutionException, InterruptedException {
    List<SigningKeys> nodes =
        IntStream.range(0, 4).mapToObj(_ -> forOtherClouds(JwsAlgorithm.ES384)).toList();
    Set<String> signers = new HashSet<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> asked =
          nodes.stream().map(node -> threads.submit(() -> signing(node, NOON))).toList();
      for (Future<String> signer : asked) {
        signers.add(signer.get());
      }
    }
    assertThat(signers).hasSize(1);
  }

  @Test
  void a_key_for_other_clouds_is_published_for_as_long_as_its_tokens_live() {
    SigningKeys keys = forOtherClouds(JwsAlgorithm.ES384);
    SigningKeys other = forOtherClouds(JwsAlgorithm.ES384);
    String first = signing(keys, NOON);
    Instant due = NOON.plus(MONTH).minus(SigningKeys.LEAD);
    assertThat(published(other, due.minus(INSTANT))).containsExactly(first);
    String next = published(other, due).getFirst();
    assertThat(published(keys, due.plus(SigningKeys.FRESH))).containsExactly(next, first);
    Instant handover = due.plus(SigningKeys.LEAD);
    assertThat(signing(keys, handover.minus(INSTANT))).isEqualTo(first);
    assertThat(signing(keys, handover)).isEqualTo(next);
    Instant lastTokenEnds = handover.plus(Duration.ofHours(1));
    assertThat(published(keys, lastTokenEnds)).containsExactly(next, first);
    assertThat(published(keys, handover.plus(Duration.ofHours(2)))).containsExactly(next);
  }

  @Test
  void series_of_keys_do_not_touch_each_other() {
    SigningKeys issuer = node();
    SigningKeys outbound = forOtherClouds(JwsAlgorithm.ES384);
    String before = signing(issuer, NOON);
    Rotation first = outbound.rotate(NOON);
    outbound.rotate(first.signsFrom().plus(Duration.ofHours(2)));
    assertThat(published(issuer, NOON.plus(MONTH).minusSeconds(3600))).containsExactly(before);
    assertThat(outbound.published(NOON))
        .extracting(SigningKey::algorithm)
        .containsOnly(JwsAlgorithm.ES384);
  }

  @Test
  void the_database_holds_no_key_in_the_clear() throws IOException {
    SigningKeys keys = node();
    byte[] secret = keys.signing(NOON).unsafeBytes();
    open.forEach(Database::close);
    String file = new String(Files.readAllBytes(folder.resolve("tegata.db")), ISO_8859_1);
    assertThat(file).doesNotContain(new String(secret, secret.length - 60, 50, ISO_8859_1));
    open.clear();
    Database database = Database.open(folder.resolve("tegata.db"));
    open.add(database);
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            SigningKeys.in(database, KeyRing.create(), new Plan(JwsAlgorithm.ES256, MONTH), CRYPTO)
                .published(NOON))
        .withMessage("a signing key was sealed under another key ring");
  }

  @Test
  void a_plan_that_cannot_be_kept_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Plan(JwsAlgorithm.RS512, MONTH))
        .withMessage("an issuer signs with RS256 or ES256, not `RS512`");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Plan(JwsAlgorithm.RS256, Plan.SHORTEST.minus(INSTANT)))
        .withMessageStartingWith("a key signs for 20 minutes or longer, not for ");
  }
}
