package dev.tegata.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The six digits that a device shows for half a minute: TOTP with HMAC-SHA-1, which is what
/// authenticator apps take from AWS's QR codes.
///
/// A step is a half minute since 1970. Each method costs an HMAC for each step that it looks at.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc6238> Source:
/// <https://www.rfc-editor.org/rfc/rfc4226#section-5.3>
public final class OneTimePassword {
  private static final int STEP_SECONDS = 30;
  private static final int MODULUS = 1_000_000;

  private final SecretKeySpec seed;

  public OneTimePassword(byte[] seed) {
    this.seed = new SecretKeySpec(seed, "HmacSHA1");
  }

  /// The step that `time` is in.
  public static long step(Instant time) {
    return Math.floorDiv(time.getEpochSecond(), STEP_SECONDS);
  }

  /// The digits of a step.
  public String at(long step) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(seed);
      byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
      int offset = hash[hash.length - 1] & 0xf; // RFC 4226 §5.3
      int truncated = ByteBuffer.wrap(hash).getInt(offset) & Integer.MAX_VALUE;
      return "%06d".formatted(truncated % MODULUS);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA-1", e);
    }
  }

  /// The step from `first` to `last` whose digits are `code`, the earliest if there are several.
  public OptionalLong find(String code, long first, long last) {
    return LongStream.rangeClosed(first, last).filter(step -> isAt(step, code)).findFirst();
  }

  /// The step from `first` to `last` whose digits are `code`, and `next` those of the step after.
  public OptionalLong findPair(String code, String next, long first, long last) {
    return LongStream.rangeClosed(first, last)
        .filter(step -> isAt(step, code) && isAt(step + 1, next))
        .findFirst();
  }

  private boolean isAt(long step, String code) {
    return MessageDigest.isEqual(at(step).getBytes(UTF_8), code.getBytes(UTF_8));
  }

  @Override
  public String toString() {
    return "OneTimePassword[hidden]";
  }
}
