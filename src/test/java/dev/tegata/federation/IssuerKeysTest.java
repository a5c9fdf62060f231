package dev.tegata.federation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.federation.JwkSource.Answer;
import dev.tegata.federation.JwkSource.Answer.Found;
import dev.tegata.federation.JwkSource.Answer.Unavailable;
import dev.tegata.token.Crypto;
import dev.tegata.token.JwkSet;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class IssuerKeysTest {
  private static final String ISSUER = "https://issuer.example";
  private static final Instant NOON = Instant.parse("2026-09-11T12:00:00Z");
  private static final JwkSet KEYS = JwkSet.read("{\"keys\":[]}", Crypto.jdk());

  /// An issuer that counts how often it is asked, and can go down.
  private static final class CountingSource implements JwkSource {
    private int asked;
    private boolean isDown;

    @Override
    public Answer find(String issuer) {
      asked++;
      return isDown ? new Unavailable("the issuer is down") : new Found(KEYS);
    }
  }

  private final CountingSource source = new CountingSource();
  private final IssuerKeys keys = new IssuerKeys(source);

  @Test
  void keys_are_fetched_once_and_kept() {
    assertThat(keys.keys(ISSUER, NOON)).isEqualTo(new Found(KEYS));
    keys.keys(ISSUER, NOON.plus(IssuerKeys.FRESH).minusSeconds(1));
    assertThat(source.asked).isEqualTo(1);
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
    assertThat(keys.keys(ISSUER, NOON.plus(IssuerKeys.STALE).minusSeconds(1)))
        .isEqualTo(new Found(KEYS));
    assertThat(keys.keys(ISSUER, NOON.plus(IssuerKeys.STALE)))
        .isEqualTo(new Unavailable("the issuer is down"));
  }

  @Test
  void an_issuer_that_was_never_reached_has_no_keys() {
    source.isDown = true;
    assertThat(keys.keys(ISSUER, NOON)).isEqualTo(new Unavailable("the issuer is down"));
    source.isDown = false;
    assertThat(keys.keys(ISSUER, NOON.plus(IssuerKeys.PAUSE))).isEqualTo(new Found(KEYS));
  }
}
