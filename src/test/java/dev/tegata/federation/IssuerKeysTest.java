package dev.tegata.federation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.federation.JwkSource.Answer;
import dev.tegata.federation.JwkSource.Answer.Found;
import dev.tegata.federation.JwkSource.Answer.Unavailable;
import dev.tegata.federation.JwkSource.Voucher;
import dev.tegata.store.OidcProvider.KeyRetrieval;
import dev.tegata.token.Crypto;
import dev.tegata.token.JwkSet;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class IssuerKeysTest {
  private static final KeyLocation ISSUER =
      new KeyLocation("https://issuer.example", List.of(), KeyRetrieval.STANDARD, false);
  private static final Instant NOON = Instant.parse("2026-09-11T12:00:00Z");
  private static final Found KEYS =
      new Found(JwkSet.read("{\"keys\":[]}", Crypto.jdk()), Voucher.TRUST_STORE);

  /// An issuer that counts how often it is asked, and can go down.
  private static final class CountingSource implements JwkSource {
    private int asked;
    private boolean isDown;

    @Override
    public Answer find(KeyLocation location) {
      asked++;
      return isDown ? new Unavailable("the issuer is down") : KEYS;
    }
  }

  private final CountingSource source = new CountingSource();
  private final Queue<Runnable> background = new ArrayDeque<>();
  private final IssuerKeys keys = new IssuerKeys(source, background::add);

  private void runBackground() {
    while (!background.isEmpty()) {
      background.remove().run();
    }
  }

  @Test
  void keys_are_fetched_once_and_kept() {
    assertThat(keys.keys(ISSUER, NOON)).isEqualTo(KEYS);
    keys.keys(ISSUER, NOON.plus(IssuerKeys.FRESH).minusSeconds(1));
    assertThat(source.asked).isEqualTo(1);
  }

  @Test
  void aging_keys_are_fetched_anew_while_nobody_waits() {
    keys.keys(ISSUER, NOON);
    keys.keys(ISSUER, NOON.plus(IssuerKeys.AGING).minusSeconds(1));
    assertThat(background).isEmpty();
    Instant later = NOON.plus(IssuerKeys.AGING);
    assertThat(keys.keys(ISSUER, later)).isEqualTo(KEYS);
    assertThat(source.asked).as("before the background has run").isEqualTo(1);
    runBackground();
    assertThat(source.asked).isEqualTo(2);
    keys.keys(ISSUER, later.plus(IssuerKeys.FRESH).minusSeconds(200));
    assertThat(source.asked).as("they are fresh again").isEqualTo(2);
  }

  @Test
  void many_who_see_aging_keys_make_one_fetch() {
    keys.keys(ISSUER, NOON);
    for (int i = 0; i < 100; i++) {
      keys.keys(ISSUER, NOON.plus(IssuerKeys.AGING));
    }
    runBackground();
    assertThat(source.asked).isEqualTo(2);
  }

  @Test
  void two_ways_to_one_issuer_share_no_keys() {
    keys.keys(ISSUER, NOON);
    KeyLocation other =
        new KeyLocation(
            ISSUER.issuer(),
            List.of(),
            new KeyRetrieval(null, List.of("a certificate"), false),
            false);
    keys.keys(other, NOON);
    assertThat(source.asked).isEqualTo(2);
  }

  @Test
  void old_keys_are_fetched_anew() {
    keys.keys(ISSUER, NOON);
    keys.keys(ISSUER, NOON.plus(IssuerKeys.FRESH));
    assertThat(source.asked).isEqualTo(2);
  }

  @Test
  void unknown_key_ids_cannot_make_us_ask_oftener_than_the_pause_allows() {
    keys.keys(ISSUER, NOON);
    for (int i = 0; i < 1000; i++) {
      keys.newerKeys(ISSUER, NOON.plusSeconds(1));
    }
    assertThat(source.asked).isEqualTo(1);
    keys.newerKeys(ISSUER, NOON.plus(IssuerKeys.PAUSE));
    assertThat(source.asked).isEqualTo(2);
  }

  @Test
  void the_last_keys_outlive_an_outage_but_not_for_ever() {
    keys.keys(ISSUER, NOON);
    source.isDown = true;
    assertThat(keys.keys(ISSUER, NOON.plus(IssuerKeys.STALE).minusSeconds(1))).isEqualTo(KEYS);
    assertThat(keys.keys(ISSUER, NOON.plus(IssuerKeys.STALE)))
        .isEqualTo(new Unavailable("the issuer is down"));
  }

  @Test
  void an_issuer_that_was_never_reached_has_no_keys() {
    source.isDown = true;
    assertThat(keys.keys(ISSUER, NOON)).isEqualTo(new Unavailable("the issuer is down"));
    source.isDown = false;
    assertThat(keys.keys(ISSUER, NOON.plus(IssuerKeys.PAUSE))).isEqualTo(KEYS);
  }
}
