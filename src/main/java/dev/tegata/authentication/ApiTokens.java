package dev.tegata.authentication;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.keys.KeyRing;
import dev.tegata.sigv4.SignatureReading.SignedRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/// API tokens: bearer tokens for clients that cannot sign, each standing for the credentials of
/// whoever asked for it.
///
/// They are sealed, and no server remembers them. One is good until its end, and for no longer than
/// the credentials behind it: when the access key is deleted or the session is over, nobody holds
/// the token. What its holder may do is decided by the policies at each use.
public final class ApiTokens {
  private static final String PREFIX = "tegata_";
  private static final String PURPOSE = "api token";
  private static final int FORMAT = 1;
  private static final int MAX_LENGTH = 48 * 1024;

  private final KeyRing ring;
  private final Authenticator authenticator;

  public ApiTokens(KeyRing ring, Authenticator authenticator) {
    this.ring = ring;
    this.authenticator = authenticator;
  }

  /// A token for the signer of `signed`, whose signature has been verified, good until `expiry`
  /// (exclusive).
  public String create(SignedRequest signed, Instant expiry) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      out.writeLong(expiry.toEpochMilli());
      out.writeUTF(signed.signature().accessKeyId());
      out.write(Optional.ofNullable(signed.sessionToken()).orElse("").getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // an array does not fail
    }
    return PREFIX
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(ring.seal(bytes.toByteArray(), PURPOSE));
  }

  /// Who holds `token` at `now`: nobody, when it is none, or when its time is over.
  public Optional<Caller> holder(String token, Instant now) {
    if (!token.startsWith(PREFIX) || token.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    byte[] sealed;
    try {
      sealed = Base64.getUrlDecoder().decode(token.substring(PREFIX.length()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    return ring.open(sealed, PURPOSE).flatMap(bytes -> holder(bytes, now));
  }

  private Optional<Caller> holder(byte[] bytes, Instant now) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readUnsignedByte() != FORMAT || !now.isBefore(Instant.ofEpochMilli(in.readLong()))) {
        return Optional.empty();
      }
      String accessKeyId = in.readUTF();
      String sessionToken = new String(in.readAllBytes(), UTF_8);
      return authenticator.holder(
          accessKeyId, Optional.of(sessionToken).filter(it -> !it.isEmpty()), now);
    } catch (IOException e) {
      throw new IllegalStateException("an API token of another shape was sealed here", e);
    }
  }
}
