package dev.tegata.keys;

import java.util.Optional;

/// Seals what only it can open.
public interface Sealing {

  /// Seals `plain` for `purpose`.
  byte[] seal(byte[] plain, String purpose);

  /// What was sealed for `purpose`, or nothing when another one, for another purpose, or nobody
  /// sealed it.
  Optional<byte[]> open(byte[] sealed, String purpose);
}
