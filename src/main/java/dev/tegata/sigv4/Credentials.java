package dev.tegata.sigv4;

import org.jspecify.annotations.Nullable;

/// What a client signs with; temporary credentials have a session token too.
public record Credentials(
    String accessKeyId, SecretAccessKey secretAccessKey, @Nullable String sessionToken) {

  @Override
  public String toString() {
    return "Credentials[" + accessKeyId + ", the rest hidden]";
  }
}
