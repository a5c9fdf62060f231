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
  private static final String NO_TOKEN = "the bearer token is none of this server's API tokens";

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

  /// Who holds a token.
  public sealed interface Holder {

    record Somebody(Caller caller) implements Holder {}

    /// Nobody does, for a reason that the operator alone is told; `accessKeyId` is that of the
    /// credentials behind the token, empty where it is no token at all.
    record Nobody(String accessKeyId, String why) implements Holder {}
  }

  /// Who holds `token` at `now`: nobody, when it is none, or when its time is over.
  public Holder holder(String token, Instant now) {
    if (!token.startsWith(PREFIX) || token.length() > MAX_LENGTH) {
      return new Holder.Nobody("", NO_TOKEN);
    }
    byte[] sealed;
    try {
      sealed = Base64.getUrlDecoder().decode(token.substring(PREFIX.length()));
    } catch (IllegalArgumentException e) {
      return new Holder.Nobody("", NO_TOKEN);
    }
    return ring.open(sealed, PURPOSE)
        .map(bytes -> holder(bytes, now))
        .orElseGet(() -> new Holder.Nobody("", NO_TOKEN));
  }

  private Holder holder(byte[] bytes, Instant now) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readUnsignedByte() != FORMAT) {
        return new Holder.Nobody("", NO_TOKEN);
      }
      Instant expiry = Instant.ofEpochMilli(in.readLong());
      String accessKeyId = in.readUTF();
      if (!now.isBefore(expiry)) {
        return new Holder.Nobody(accessKeyId, "the API token was good until " + expiry);
      }
      String sessionToken = new String(in.readAllBytes(), UTF_8);
      return authenticator.holder(
          accessKeyId, Optional.of(sessionToken).filter(it -> !it.isEmpty()), now);
    } catch (IOException e) {
      throw new IllegalStateException("an API token of another shape was sealed here", e);
    }
  }
}
