package dev.tegata.sigv4;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The key that signs all requests of one access key in one credential scope.
///
/// Deriving one takes four HMACs; it is worth keeping for the day that its scope lasts.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#derive-signing-key>
public final class SigningKey {
  private static final String ALGORITHM = "HmacSHA256";
  private final byte[] key;

  private SigningKey(byte[] key) {
    this.key = key;
  }

  /// The chain of HMACs from the secret over date, region and service to the terminator.
  public static SigningKey derive(SecretAccessKey secret, CredentialScope scope) {
    byte[] date = hmac(secret.seed(), scope.date());
    byte[] region = hmac(date, scope.region());
    byte[] service = hmac(region, scope.service());
    return new SigningKey(hmac(service, CredentialScope.TERMINATOR));
  }

  /// The signature of `stringToSign`, in lower-case hexadecimal digits.
  String sign(String stringToSign) {
    return HexFormat.of().formatHex(hmac(key, stringToSign));
  }

  /// Whether two signatures are the same, found in a time that does not tell how much of them is.
  static boolean areEqual(String one, String other) {
    return MessageDigest.isEqual(one.getBytes(UTF_8), other.getBytes(UTF_8));
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SigningKey that && MessageDigest.isEqual(key, that.key);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(key);
  }

  @Override
  public String toString() {
    return "SigningKey[hidden]";
  }
}
