package dev.tegata.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.aws.Refusal;
import dev.tegata.aws.S3Error;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;

/// Where a listing goes on: the last name of the page before, in a form that clients leave alone.
final class PageToken {
  private static final String NAME = "continuation-token";

  private PageToken() {}

  static String write(String last) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(last.getBytes(UTF_8));
  }

  /// @throws Refusal when `token` is not one of ours
  static String read(String token) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(token);
      if (bytes.length > 0) {
        return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      }
    } catch (IllegalArgumentException | CharacterCodingException _) {
      // falls through to the refusal
    }
    throw new Refusal(
        new S3Error.InvalidArgument("The continuation token provided is incorrect", NAME, token));
  }
}
