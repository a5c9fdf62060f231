package dev.tegata.database;

/// The database does not answer just now, or has no room: the request may be made again later.
///
/// What was asked has not been done, or, where the connection broke during the commit itself, has
/// been done as a whole.
public final class StoreUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StoreUnavailable(String message) {
    super(message);
  }

  public StoreUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
