package dev.tegata.token;

import java.util.List;

/// The claims of a token whose signature, issuer, audience and lifetime have all been checked.
///
/// Only [Verifier] makes one: a method that takes `VerifiedClaims` cannot be handed a forgery.
public final class VerifiedClaims {
  private final IdTokenClaims idToken;

  /// `claims` are those of a [PlausibleJwt]: what must be there is there.
  VerifiedClaims(Claims claims) {
    this.idToken = new IdTokenClaims(claims);
  }

  /// What the token says, for what does not depend on its being true.
  public IdTokenClaims idToken() {
    return idToken;
  }

  /// The issuer as the token spells it, with `https://`.
  public String issuer() {
    return idToken.issuer();
  }

  /// The subject, which may be empty; of a number its digits.
  public String subject() {
    return idToken.subject();
  }

  /// The registered client that the token is for: the condition key `aud`.
  public String audience() {
    return idToken.audience();
  }

  /// The claim `aud` itself: the condition key `oaud`.
  public List<String> originalAudience() {
    return idToken.originalAudience();
  }

  /// All claims, the ones above too.
  public Claims claims() {
    return idToken.claims();
  }

  @Override
  public String toString() {
    return "VerifiedClaims[iss=" + issuer() + ", sub=" + subject() + ", aud=" + audience() + "]";
  }
}
