package dev.tegata.token;

import java.util.Base64;

/// Base64url without padding, in which every sequence of bytes has exactly one spelling.
///
/// The one spelling matters: if the unused bits of the last character could be anything, a signed
/// token could be changed and would still verify.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc7515#section-2>
final class Base64Url {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private Base64Url() {}

  static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// @throws IllegalArgumentException when `text` is not what [#encode] would write
  static byte[] decode(String text) {
    int unusedBits =
        switch (text.length() % 4) {
          case 0 -> 0;
          case 2 -> 4;
          case 3 -> 2;
          default -> throw new IllegalArgumentException("base64url has no such length");
        };
    boolean canonical =
        text.isEmpty()
            || Integer.numberOfTrailingZeros(64 | ALPHABET.indexOf(text.charAt(text.length() - 1)))
                >= unusedBits;
    if (text.indexOf('=') >= 0 || !canonical) {
      throw new IllegalArgumentException("base64url has no padding and no bits to spare");
    }
    try {
      return Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not base64url", e);
    }
  }
}
