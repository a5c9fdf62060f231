package dev.tegata.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;

/// Tokens whose signatures are written by hand.
final class SampleTokens {
  static final Instant NOON = Instant.parse("2026-09-11T12:00:00Z");

  private static final String CLAIMS =
      """
      {"iss": "i", "sub": "s", "aud": "a", "iat": 1789128000, "exp": 1789128000}
      """;

  private SampleTokens() {}

  /// What is signed: a token for the key that is called by the algorithm's name.
  static String input(JwsAlgorithm algorithm) {
    String header = "{\"alg\":\"%1$s\",\"kid\":\"%1$s\"}".formatted(algorithm);
    return Base64Url.encode(header.getBytes(UTF_8))
        + "."
        + Base64Url.encode(CLAIMS.getBytes(UTF_8));
  }

  /// What becomes of `input` with `signature`, where the sample keys are the issuer's.
  static Verification verify(String input, byte[] signature, Crypto crypto) {
    return verify(input, signature, SampleKeys.keys(crypto));
  }

  static Verification verify(String input, byte[] signature, JwkSet keys) {
    String token = input + "." + Base64Url.encode(signature);
    return switch (Verifier.examine(token, NOON)) {
      case PlausibleJwt plausible ->
          Verifier.verify(plausible, new TrustedIssuer("i", Set.of("a"), keys));
      case Rejection rejection -> rejection;
    };
  }

  /// The last `length` bytes of `number`, which is not negative.
  static byte[] bytes(BigInteger number, int length) {
    byte[] all = number.toByteArray();
    if (all.length > length) {
      return Arrays.copyOfRange(all, all.length - length, all.length);
    }
    byte[] bytes = new byte[length];
    System.arraycopy(all, 0, bytes, length - all.length, all.length);
    return bytes;
  }
}
