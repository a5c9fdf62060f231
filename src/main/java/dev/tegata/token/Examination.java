package dev.tegata.token;

/// What a token looks like before any key is at hand: plausible, or refused already.
public sealed interface Examination permits PlausibleJwt, Rejection {}
