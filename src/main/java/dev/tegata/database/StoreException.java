package dev.tegata.database;

/// The state cannot be opened or read: a sentence for the operator, who alone can help.
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StoreException(String message) {
    super(message);
  }

  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
