package dev.tegata.credentials;

import dev.tegata.arn.UniqueId;
import java.time.Instant;

/// An SSH key that a user has uploaded: `body` is the line of OpenSSH's, with the comment that came
/// with it.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SSHPublicKey.html>
public record SshPublicKey(UniqueId id, String body, Instant uploaded, boolean active) {

  /// The key of a text that was read before, with the comment of a line.
  public static SshPublicKey of(UniqueId id, String text, Instant uploaded) {
    String body = text.startsWith("ssh-rsa") ? text.strip() : SshRsaKey.parse(text).toSsh();
    return new SshPublicKey(id, body, uploaded, true);
  }

  public SshRsaKey key() {
    return SshRsaKey.parse(body);
  }

  public SshPublicKey withActive(boolean other) {
    return new SshPublicKey(id, body, uploaded, other);
  }
}
