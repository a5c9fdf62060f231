package dev.tegata.issuer;

import dev.tegata.audit.AuditEvent.JobName;
import java.time.Instant;

/// A job that may ask for tokens from its registration on until it has ended or expired.
///
/// `bearerHash` is the SHA-256 hash of its bearer token, in hexadecimal; `expiry` is exclusive.
public record RegisteredJob(
    String id,
    JobDescription description,
    String bearerHash,
    Instant registered,
    Instant expiry,
    boolean hasEnded) {

  /// Whether it may ask for tokens at `now`.
  public boolean isOpen(Instant now) {
    return !hasEnded && now.isBefore(expiry);
  }

  /// What the audit log calls it.
  public JobName jobName() {
    return new JobName(description.name(), id);
  }
}
