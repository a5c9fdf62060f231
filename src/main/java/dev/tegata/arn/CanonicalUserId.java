package dev.tegata.arn;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The 64 hexadecimal digits under which S3 speaks of an account, as the owner of buckets.
///
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/finding-canonical-user-id.html>
public record CanonicalUserId(String digits) {

  /// The id of `account`, which is always the same.
  public static CanonicalUserId of(AccountId account) {
    try {
      byte[] name = ("canonical user of " + account).getBytes(UTF_8);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(name);
      return new CanonicalUserId(HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }

  @Override
  public String toString() {
    return digits;
  }
}
