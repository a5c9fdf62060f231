package dev.tegata.token;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.token.Rejection.BadSignature;
import dev.tegata.token.Verification.Verified;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.interfaces.RSAPrivateKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// RSA signatures that only look like one of the token: what is below the padding is built by hand,
/// and then signed with the issuer's own key.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc8017#section-9.2>
class RsaForgeryTest {
  private static final RSAPrivateKey KEY = (RSAPrivateKey) SampleKeys.RSA.getPrivate();
  private static final BigInteger MODULUS = KEY.getModulus();
  private static final int LENGTH = 256;
  private static final String INPUT = SampleTokens.input(JwsAlgorithm.RS256);
  private static final byte[] HASH = hash("SHA-256");
  private static final byte[] SHA_256 = hex("3031300d060960864801650304020105000420");
  private static final byte[] GOOD = join(SHA_256, HASH);

  static Map<String, byte[]> blocks() {
    Map<String, byte[]> blocks = new LinkedHashMap<>();
    blocks.put("block type 0", block("0000", 0x00, GOOD));
    blocks.put("block type 2", block("0002", 0xff, GOOD));
    blocks.put("a byte before the block type", block("0101", 0xff, GOOD));
    blocks.put("padding of zeros", block("0001", 0x00, GOOD));
    blocks.put("padding of other bytes", block("0001", 0xfe, GOOD));
    blocks.put("one byte of the padding changed", changed(block("0001", 0xff, GOOD), 100));
    blocks.put("the separator changed", changed(block("0001", 0xff, GOOD), separator()));
    blocks.put("two separators", block("0001", 0xff, join(hex("00"), GOOD)));
    blocks.put("little padding, and garbage after the hash", withGarbageAfter(8));
    blocks.put("no padding, and garbage after the hash", withGarbageAfter(0));
    blocks.put("garbage among the parameters", withGarbageAmidst());
    blocks.put("the hash alone", block("0001", 0xff, HASH));
    blocks.put("no hash", block("0001", 0xff, new byte[0]));
    blocks.put("the hash one byte short", ofHash(SHA_256, Arrays.copyOf(HASH, 31)));
    blocks.put("the hash one byte too long", ofHash(SHA_256, Arrays.copyOf(HASH, 33)));
    blocks.put("the hash of something else", ofHash(SHA_256, changed(HASH, 0)));
    blocks.put("the name of SHA-1", ofHash(hex("302d300906052b0e03021a05000420"), HASH));
    blocks.put("the name of SHA-512", ofHash(hex("3031300d060960864801650304020305000420"), HASH));
    blocks.put("the name of SHA-224", ofHash(hex("3031300d060960864801650304020405000420"), HASH));
    blocks.put("SHA-1", ofHash(hex("3021300906052b0e03021a05000414"), hash("SHA-1")));
    blocks.put("MD5", ofHash(hex("3020300c06082a864886f70d020505000410"), hash("MD5")));
    blocks.put("SHA-384", ofHash(hex("3041300d060960864801650304020205000430"), hash("SHA-384")));
    blocks.put("SHA-512", ofHash(hex("3051300d060960864801650304020305000440"), hash("SHA-512")));
    blocks.put(
        "a length in long form", ofHash(hex("308131300d060960864801650304020105000420"), HASH));
    blocks.put("an indefinite length", join(hex("3080300d060960864801650304020105000420"), HASH));
    blocks.put(
        "another tag for the hash", ofHash(hex("3031300d060960864801650304020105000320"), HASH));
    blocks.put(
        "a parameter that is not NULL",
        ofHash(hex("3031300d060960864801650304020104000420"), HASH));
    blocks.put(
        "a NULL with something in it",
        ofHash(hex("3032300e06096086480165030402010501ff0420"), HASH));
    blocks.put(
        "something after the hash",
        ofHash(hex("3033300d060960864801650304020105000420"), join(HASH, hex("0500"))));
    blocks.put("nothing but ones", filled(0xff));
    return blocks;
  }

  static Map<String, BigInteger> numbers() {
    BigInteger good = power(block("0001", 0xff, GOOD));
    Map<String, BigInteger> numbers = new LinkedHashMap<>();
    numbers.put("0", BigInteger.ZERO);
    numbers.put("1", BigInteger.ONE);
    numbers.put("the modulus less 1", MODULUS.subtract(BigInteger.ONE));
    numbers.put("the modulus", MODULUS);
    numbers.put("the modulus and 1", MODULUS.add(BigInteger.ONE));
    numbers.put("the modulus less a good one", MODULUS.subtract(good));
    numbers.put("a good one and the modulus", good.add(MODULUS));
    numbers.put("a good one and 1", good.add(BigInteger.ONE));
    numbers.put("the padded hash itself", new BigInteger(1, block("0001", 0xff, GOOD)));
    return numbers;
  }

  static Stream<Crypto> cryptos() {
    return SampleKeys.cryptos();
  }

  @ParameterizedTest
  @MethodSource("cryptos")
  void what_is_built_rightly_is_good(Crypto crypto) {
    byte[] signature = bytes(power(block("0001", 0xff, GOOD)), LENGTH);
    assertThat(SampleTokens.verify(INPUT, signature, crypto)).isInstanceOf(Verified.class);
  }

  @ParameterizedTest
  @MethodSource("cryptos")
  void what_is_built_in_another_way_is_refused(Crypto crypto) {
    blocks()
        .forEach((name, block) ->
            assertThat(SampleTokens.verify(INPUT, bytes(power(block), LENGTH), crypto))
                .as(name)
                .isEqualTo(new BadSignature()));
  }

  @ParameterizedTest
  @MethodSource("cryptos")
  void a_signature_is_one_number_below_the_modulus(Crypto crypto) {
    numbers()
        .forEach((name, number) -> {
          for (int length : new int[] {LENGTH, LENGTH + 1}) {
            assertThat(SampleTokens.verify(INPUT, bytes(number, length), crypto))
                .as("%s in %d bytes", name, length)
                .isEqualTo(new BadSignature());
          }
        });
  }

  @ParameterizedTest
  @MethodSource("cryptos")
  void a_good_signature_with_a_byte_more_or_less_is_refused(Crypto crypto) {
    byte[] good = bytes(power(block("0001", 0xff, GOOD)), LENGTH);
    for (byte[] other :
        new byte[][] {
          join(hex("00"), good),
          join(good, hex("00")),
          Arrays.copyOf(good, LENGTH - 1),
          join(good, good)
        }) {
      assertThat(SampleTokens.verify(INPUT, other, crypto)).isEqualTo(new BadSignature());
    }
  }

  private static byte[] ofHash(byte[] name, byte[] hash) {
    return block("0001", 0xff, join(name, hash));
  }

  private static byte[] block(String start, int padding, byte[] content) {
    byte[] block = filled(padding);
    byte[] head = hex(start);
    System.arraycopy(head, 0, block, 0, head.length);
    block[LENGTH - content.length - 1] = 0;
    System.arraycopy(content, 0, block, LENGTH - content.length, content.length);
    return block;
  }

  private static byte[] withGarbageAfter(int padding) {
    byte[] block = filled(0xaa);
    byte[] start = new byte[2 + padding + 1];
    Arrays.fill(start, (byte) 0xff);
    start[0] = 0;
    start[1] = 1;
    start[start.length - 1] = 0;
    byte[] head = join(start, GOOD);
    System.arraycopy(head, 0, block, 0, head.length);
    return block;
  }

  /// Parameters of 180 bytes in the place of NULL.
  private static byte[] withGarbageAmidst() {
    byte[] garbage = new byte[180];
    Arrays.fill(garbage, (byte) 0xaa);
    byte[] name = join(hex("0609608648016503040201"), join(hex("0481b4"), garbage));
    byte[] sequence = join(hex("3081" + HexFormat.of().toHexDigits((byte) name.length)), name);
    byte[] content = join(sequence, join(hex("0420"), HASH));
    return block(
        "0001",
        0xff,
        join(hex("3081" + HexFormat.of().toHexDigits((byte) content.length)), content));
  }

  private static byte[] filled(int with) {
    byte[] block = new byte[LENGTH];
    Arrays.fill(block, (byte) with);
    return block;
  }

  private static int separator() {
    return LENGTH - GOOD.length - 1;
  }

  private static byte[] changed(byte[] bytes, int at) {
    byte[] changed = bytes.clone();
    changed[at] ^= 1;
    return changed;
  }

  private static BigInteger power(byte[] block) {
    return new BigInteger(1, block).modPow(KEY.getPrivateExponent(), MODULUS);
  }

  private static byte[] bytes(BigInteger number, int length) {
    return SampleTokens.bytes(number, length);
  }

  private static byte[] hash(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm).digest(INPUT.getBytes(US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }
}
