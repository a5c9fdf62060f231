package dev.tegata.cli;

/// What the user gave cannot be used: one sentence that says what, where, and what was expected.
final class UsageFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  UsageFault(String message) {
    super(message);
  }
}
