package dev.tegata.token;

/// Whether a token is genuine and meant for us; if not, why.
public sealed interface Verification permits Verification.Verified, Rejection {

  record Verified(VerifiedClaims claims) implements Verification {}
}
