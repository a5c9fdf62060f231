package dev.tegata.remote;

/// What the user gave cannot be used: one sentence that says what, where, and what was expected.
public final class UsageFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  public UsageFault(String message) {
    super(message);
  }
}
