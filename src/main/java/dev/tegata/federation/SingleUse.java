package dev.tegata.federation;

import dev.tegata.federation.WebIdentities.Belief.Believed;
import dev.tegata.sharing.UsedTokens;
import dev.tegata.sharing.UsedTokens.Fingerprint;
import dev.tegata.store.OidcProvider;
import dev.tegata.token.Claims;
import dev.tegata.token.Rejection;
import dev.tegata.token.Rejection.UsedAlready;
import java.time.Instant;
import java.util.Optional;

/// Lets each token of a provider with the tag `tegata:single-use` be exchanged once: Tegata's own,
/// AWS takes a token as often as it comes.
record SingleUse(UsedTokens used) {
  private static final String TAG = "tegata:single-use";

  /// The last moment that a date of four digits can tell, where an expiry is later.
  private static final long LAST_SECOND = 253_402_300_799L;

  Optional<Rejection> use(String compact, Believed believed, Instant now) {
    if (!isDemanded(believed.provider())) {
      return Optional.empty();
    }
    Claims claims = believed.claims().claims();
    long expiry = Math.min(claims.epochSeconds("exp").orElse(LAST_SECOND), LAST_SECOND);
    return used.use(fingerprint(compact, claims), Instant.ofEpochSecond(expiry), now)
        ? Optional.empty()
        : Optional.of(new UsedAlready());
  }

  /// Whatever else than `false` the tag says, it was put there to demand it.
  private static boolean isDemanded(OidcProvider provider) {
    return Optional.ofNullable(provider.tags().get(TAG))
        .filter(value -> !value.equalsIgnoreCase("false"))
        .isPresent();
  }

  /// The token's id; of one without, what is signed. The signature itself may be spelled in more
  /// than one way.
  private static Fingerprint fingerprint(String compact, Claims claims) {
    return claims.texts("jti").stream()
        .filter(id -> !id.isBlank())
        .findFirst()
        .map(id -> Fingerprint.ofId(claims.text("iss").orElseThrow(), id))
        .orElseGet(() -> Fingerprint.ofToken(compact.substring(0, compact.lastIndexOf('.'))));
  }
}
