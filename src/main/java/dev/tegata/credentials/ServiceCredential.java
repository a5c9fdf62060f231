package dev.tegata.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.arn.UniqueId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// A user's name and password for a single service. Of the password, which is 256 bits of chance,
/// there is a SHA-256 only.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ServiceSpecificCredential.html>
public record ServiceCredential(
    UniqueId id,
    String service,
    String name,
    String passwordHash,
    Instant created,
    @Nullable Instant expiry,
    boolean active) {

  /// What is kept of a password.
  public static String hash(String password) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(password.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  public ServiceCredential withActive(boolean other) {
    return new ServiceCredential(id, service, name, passwordHash, created, expiry, other);
  }

  public ServiceCredential withPasswordHash(String other) {
    return new ServiceCredential(id, service, name, other, created, expiry, active);
  }

  @Override
  public String toString() {
    return "ServiceCredential[" + id + "]";
  }
}
