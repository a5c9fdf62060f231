package dev.tegata.sigv4;

import java.io.IOException;

/// Carries a [BodyFault] out of a stream; the stream never comes to its end.
///
/// Like every refusal it is an answer to a client, not a failure of the program; its stack trace
/// ends where the body was read.
public final class FaultyBodyException extends IOException {
  private static final long serialVersionUID = 1;
  private final transient BodyFault fault;

  FaultyBodyException(BodyFault fault) {
    super(fault.toString());
    this.fault = fault;
  }

  public BodyFault fault() {
    return fault;
  }
}
