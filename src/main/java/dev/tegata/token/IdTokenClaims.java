package dev.tegata.token;

import dev.tegata.json.JsonValue.JsonArray;
import dev.tegata.json.JsonValue.JsonNull;
import dev.tegata.json.JsonValue.JsonNumber;
import dev.tegata.json.JsonValue.JsonString;
import dev.tegata.token.Rejection.EmptyAudience;
import dev.tegata.token.Rejection.MissingClaim;
import dev.tegata.token.Rejection.SeveralAudiences;
import dev.tegata.token.Rejection.UnusableSubject;
import java.util.List;
import java.util.Optional;

/// The claims of an ID token that has those it must have: from whom, about whom, for whom.
///
/// Nobody has said that they are true: for that there are [VerifiedClaims].
///
/// Source: <https://openid.net/specs/openid-connect-core-1_0.html#IDToken>
public final class IdTokenClaims {
  private static final List<String> REQUIRED = List.of("iss", "sub", "aud", "iat", "exp");

  private final Claims claims;
  private final String issuer;
  private final String subject;
  private final String audience;

  /// @throws IllegalArgumentException when there is a [#fault] in `claims`
  public IdTokenClaims(Claims claims) {
    fault(claims)
        .ifPresent(rejection -> {
          throw new IllegalArgumentException(rejection.reason());
        });
    this.claims = claims;
    this.issuer = claims.text("iss").orElseThrow();
    this.subject = claims.texts("sub").getFirst();
    this.audience =
        claims.authorizedParty().or(() -> claims.audiences().stream().findFirst()).orElse("");
  }

  /// Which claim is missing, or cannot be what it should be.
  public static Optional<Rejection> fault(Claims claims) {
    for (String name : REQUIRED) {
      if (!claims.has(name)) {
        return Optional.of(new MissingClaim(name));
      }
    }
    if (claims.text("iss").isEmpty()) {
      return Optional.of(new MissingClaim("iss"));
    }
    if (!(claims.claim("sub").orElseThrow() instanceof JsonString
        || claims.claim("sub").orElseThrow() instanceof JsonNumber)) {
      return Optional.of(new UnusableSubject());
    }
    return switch (claims.claim("aud").orElseThrow()) {
      case JsonNull() -> Optional.of(new MissingClaim("aud"));
      case JsonArray(var items) when items.isEmpty() -> Optional.of(new EmptyAudience());
      case JsonArray(var items) when items.size() > 1 && claims.authorizedParty().isEmpty() ->
          Optional.of(new SeveralAudiences(claims.audiences()));
      default -> Optional.empty();
    };
  }

  /// The issuer as the token spells it, with `https://`.
  public String issuer() {
    return issuer;
  }

  /// The subject, which may be empty; of a number its digits.
  public String subject() {
    return subject;
  }

  /// The client that the token is for, `azp` where there is one, else the single `aud`: the
  /// condition key `aud`.
  public String audience() {
    return audience;
  }

  /// The claim `aud` itself: the condition key `oaud`.
  public List<String> originalAudience() {
    return claims.audiences();
  }

  /// All claims, the ones above too.
  public Claims claims() {
    return claims;
  }

  @Override
  public String toString() {
    return "IdTokenClaims[iss=" + issuer + ", sub=" + subject + ", aud=" + audience + "]";
  }
}
