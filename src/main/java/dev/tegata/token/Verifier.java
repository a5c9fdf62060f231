package dev.tegata.token;

import dev.tegata.token.JwkSet.IndexedKey;
import dev.tegata.token.JwkSet.IndexedKey.Unusable;
import dev.tegata.token.JwkSet.IndexedKey.Usable;
import dev.tegata.token.Rejection.AudienceNotRegistered;
import dev.tegata.token.Rejection.BadSignature;
import dev.tegata.token.Rejection.Expired;
import dev.tegata.token.Rejection.InvalidTimestamp;
import dev.tegata.token.Rejection.IssuedInFuture;
import dev.tegata.token.Rejection.IssuerNotTrusted;
import dev.tegata.token.Rejection.NoKey;
import dev.tegata.token.Rejection.NotAJwt;
import dev.tegata.token.Rejection.NotYetValid;
import dev.tegata.token.Rejection.UnsupportedAlgorithm;
import dev.tegata.token.Verification.Verified;
import java.security.GeneralSecurityException;
import java.security.SignatureException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Checks ID tokens in the order in which AWS finds fault: shape, claims and times, key and
/// signature, audience.
///
/// The first half, [#examine], needs no key and tells whose keys to get; the second, [#verify], may
/// be asked again with newer keys when [Rejection#isPerhapsCuredByNewerKeys].
///
/// Source: <https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation>
public final class Verifier {
  /// How far the issuer's clock and ours may be apart, either way.
  public static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final List<String> TIMESTAMPS = List.of("exp", "nbf", "iat");

  private Verifier() {}

  /// Looks at all that needs no key.
  public static Examination examine(String compact, Instant now) {
    UnverifiedJwt jwt;
    try {
      jwt = UnverifiedJwt.parse(compact);
    } catch (IllegalArgumentException e) {
      return new NotAJwt(String.valueOf(e.getMessage()));
    }
    Optional<Rejection> rejection =
        IdTokenClaims.fault(jwt.claims()).or(() -> faultOfTimes(jwt.claims(), now));
    if (rejection.isPresent()) {
      return rejection.get();
    }
    Optional<JwsAlgorithm> algorithm = JwsAlgorithm.named(jwt.algorithm());
    return algorithm.isPresent()
        ? new PlausibleJwt(jwt, algorithm.get())
        : new UnsupportedAlgorithm(jwt.algorithm());
  }

  /// Why a token with these claims, which are those of an ID token, cannot be used at `now`.
  public static Optional<Rejection> faultOfTimes(Claims claims, Instant now) {
    for (String name : TIMESTAMPS) {
      if (claims.has(name) && claims.epochSeconds(name).isEmpty()) {
        return Optional.of(new InvalidTimestamp(name));
      }
    }
    long early = now.minus(TOLERANCE).getEpochSecond();
    long late = now.plus(TOLERANCE).getEpochSecond();
    long expiry = claims.epochSeconds("exp").orElseThrow();
    if (early >= expiry) {
      return Optional.of(new Expired(early, expiry));
    }
    long notBefore = claims.epochSeconds("nbf").orElse(Long.MIN_VALUE);
    if (late < notBefore) {
      return Optional.of(new NotYetValid(late, notBefore));
    }
    long issuedAt = claims.epochSeconds("iat").orElseThrow();
    return late < issuedAt ? Optional.of(new IssuedInFuture(issuedAt)) : Optional.empty();
  }

  /// Whether `jwt` is genuine, `trusted`'s, and for one of its clients.
  public static Verification verify(PlausibleJwt jwt, TrustedIssuer trusted) {
    if (!jwt.issuer().equals(trusted.issuer())) {
      return new IssuerNotTrusted(jwt.issuer());
    }
    JwkSet keys = trusted.keys();
    IndexedKey indexed =
        jwt.keyId()
            .map(keyId -> keys.named(keyId, jwt.algorithm()))
            .orElseGet(() -> keys.single(jwt.algorithm()));
    return switch (indexed) {
      case Unusable(var why) -> new NoKey(why);
      case Usable key when !isSigned(jwt.jwt(), jwt.algorithm(), key, keys.crypto()) ->
          new BadSignature();
      case Usable _ -> admit(new VerifiedClaims(jwt.claims()), trusted);
    };
  }

  private static Verification admit(VerifiedClaims claims, TrustedIssuer trusted) {
    return trusted.clientIds().contains(claims.audience())
        ? new Verified(claims)
        : new AudienceNotRegistered(claims.audience(), trusted.clientIds());
  }

  static boolean isSigned(UnverifiedJwt jwt, JwsAlgorithm algorithm, Usable key, Crypto crypto) {
    int coordinateLength = key.type().coordinateLength();
    if (coordinateLength != 0 && jwt.signature().length != 2 * coordinateLength) {
      return false;
    }
    try {
      return crypto.withSignature(
          algorithm.javaName(),
          verification -> {
            verification.initVerify(key.key());
            verification.update(jwt.signingInput());
            return verification.verify(jwt.signature());
          });
    } catch (SignatureException e) {
      return false; // the providers throw where the bytes cannot be a signature of this key
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key that was fit is not any more", e);
    }
  }
}
