package dev.tegata.token;

import java.util.List;

/// The claims of a token whose signature, issuer, audience and lifetime have all been checked.
///
/// Only [Verifier] makes one: a method that takes `VerifiedClaims` cannot be handed a forgery.
public final class VerifiedClaims {
  private final Claims claims;
  private final String issuer;
  private final String subject;
  private final String audience;

  /// `claims` are those of a [PlausibleJwt]: what must be there is there.
  VerifiedClaims(Claims claims) {
    this.claims = claims;
    this.issuer = claims.text("iss").orElseThrow();
    this.subject = claims.texts("sub").getFirst();
    this.audience =
        claims.authorizedParty().or(() -> claims.audiences().stream().findFirst()).orElse("");
  }

  /// The issuer as the token spells it, with `https://`.
  public String issuer() {
    return issuer;
  }

  /// The subject, which may be empty; of a number its digits.
  public String subject() {
    return subject;
  }

  /// The registered client that the token is for, `azp` where there is one, else the single `aud`:
  /// the condition key `aud`.
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
    return "VerifiedClaims[iss=" + issuer + ", sub=" + subject + ", aud=" + audience + "]";
  }
}
