package dev.tegata.audit;

/// Takes what happened, in order.
public interface AuditLog {

  /// Keeps `event`. When this returns the event is as durable as this log makes events of its kind.
  ///
  /// @throws AuditFailure when it cannot be kept: the request must then be refused
  void record(AuditEvent event);
}
