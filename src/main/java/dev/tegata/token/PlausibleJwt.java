package dev.tegata.token;

import java.util.Optional;

/// A token that has all the claims it must have, at a time it may be used, signed in a way that we
/// know. Its signature is not checked: anybody can write one.
///
/// Only [Verifier#examine] makes one.
public final class PlausibleJwt implements Examination {
  private final UnverifiedJwt jwt;
  private final JwsAlgorithm algorithm;

  PlausibleJwt(UnverifiedJwt jwt, JwsAlgorithm algorithm) {
    this.jwt = jwt;
    this.algorithm = algorithm;
  }

  /// Who is said to have issued the token: whose keys are to be tried.
  public String issuer() {
    return jwt.claims().text("iss").orElseThrow();
  }

  public Optional<KeyId> keyId() {
    return jwt.keyId();
  }

  public JwsAlgorithm algorithm() {
    return algorithm;
  }

  /// What the token claims, for a record of what was tried.
  public Claims claims() {
    return jwt.claims();
  }

  UnverifiedJwt jwt() {
    return jwt;
  }
}
