package dev.tegata.audit;

/// An event could not be kept, so what it is about must not happen.
public final class AuditFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  public AuditFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
