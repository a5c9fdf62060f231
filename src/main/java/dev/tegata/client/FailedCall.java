package dev.tegata.client;

/// Something else answered, and not as was hoped; the sentence says who, and what.
public final class FailedCall extends RuntimeException {
  private static final long serialVersionUID = 1;

  public FailedCall(String message) {
    super(message);
  }
}
