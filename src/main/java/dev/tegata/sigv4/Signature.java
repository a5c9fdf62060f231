package dev.tegata.sigv4;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A signature as a request carries it; nothing is known yet of who made it.
///
/// `hex` is the signature itself, `expires` how long a presigned request is good for, and absent
/// from one that is signed in its `Authorization` header.
public record Signature(
    String accessKeyId,
    CredentialScope scope,
    Instant time,
    @Nullable Duration expires,
    List<String> signedHeaders,
    String hex) {

  /// Where a request carries its signature.
  public enum Carrier {
    AUTHORIZATION_HEADER,
    QUERY
  }

  public Signature {
    signedHeaders = List.copyOf(signedHeaders);
  }

  public Carrier carrier() {
    return expires == null ? Carrier.AUTHORIZATION_HEADER : Carrier.QUERY;
  }

  /// Whether the signature covers the header field called `name`.
  boolean covers(String name) {
    for (String signed : signedHeaders) {
      if (signed.equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }
}
