package dev.tegata.sharing;

/// What a change has written, so far as those must know who keep a copy: something of `kind` under
/// a name that is its own in its account, or without an account.
public record Touched(String kind, String account, String name) {}
