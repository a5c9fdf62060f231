package dev.tegata.policy;

/// A policy and the name that a decision gives it: an ARN, or an inline policy's name.
public record NamedPolicy(String name, Policy policy) {}
