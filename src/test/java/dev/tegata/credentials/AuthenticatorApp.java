package dev.tegata.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/// What a user has on a telephone: it takes the seed that CreateVirtualMFADevice tells, and shows
/// codes.
public record AuthenticatorApp(OneTimePassword device) {
  /// The app that has taken the `Base32StringSeed` of an answer, which is base32 in base64.
  public static AuthenticatorApp of(String base32StringSeed) {
    String letters = new String(Base64.getDecoder().decode(base32StringSeed), UTF_8);
    BigInteger bits = BigInteger.ONE; // so that no zero at the beginning is lost
    for (int i = 0; i < letters.length(); i++) {
      int digit = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letters.charAt(i));
      bits = bits.shiftLeft(5).or(BigInteger.valueOf(digit));
    }
    byte[] bytes = bits.toByteArray();
    return new AuthenticatorApp(new OneTimePassword(Arrays.copyOfRange(bytes, 1, bytes.length)));
  }

  /// What it shows at `time`.
  public String code(Instant time) {
    return device.at(OneTimePassword.step(time));
  }
}
