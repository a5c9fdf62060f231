package dev.tegata.sigv4;

import java.io.IOException;

/// Carries a [BodyFault] out of a stream; the stream never comes to its end.
///
/// It is the client's fault and becomes an answer, as every refusal does.
public final class FaultyBodyException extends IOException {
  private static final long serialVersionUID = 1;
  private final transient BodyFault fault;

  FaultyBodyException(BodyFault fault) {
    super(fault.explanation());
    this.fault = fault;
  }

  public BodyFault fault() {
    return fault;
  }
}
