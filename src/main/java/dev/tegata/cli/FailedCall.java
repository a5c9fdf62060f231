package dev.tegata.cli;

/// Something else answered, and not as was hoped; the sentence says who, and what.
final class FailedCall extends RuntimeException {
  private static final long serialVersionUID = 1;

  FailedCall(String message) {
    super(message);
  }
}
