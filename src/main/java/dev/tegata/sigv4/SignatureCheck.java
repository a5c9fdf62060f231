package dev.tegata.sigv4;

/// What verifying a signature comes to.
public sealed interface SignatureCheck permits VerifiedRequest, SignatureFault {}
