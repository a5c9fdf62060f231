package dev.tegata.credentials;

/// Five bits a letter, as RFC 4648 writes them: how seeds and certificate ids are told.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc4648#section-6>
public final class Base32 {
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private Base32() {}

  /// The letters of `bytes`, whose number must be a multiple of five: so there is no padding.
  public static String encode(byte[] bytes) {
    if (bytes.length % 5 != 0) {
      throw new IllegalArgumentException(bytes.length + " bytes are no multiple of five");
    }
    StringBuilder text = new StringBuilder();
    long bits = 0;
    for (int i = 0; i < bytes.length; i++) {
      bits = (bits << Byte.SIZE) | (bytes[i] & 0xff);
      if (i % 5 == 4) {
        for (int shift = 35; shift >= 0; shift -= 5) {
          text.append(ALPHABET.charAt((int) (bits >>> shift) & 31));
        }
        bits = 0;
      }
    }
    return text.toString();
  }
}
