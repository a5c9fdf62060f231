package dev.tegata.token;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.token.Rejection.BadSignature;
import dev.tegata.token.Verification.Verified;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// ECDSA signatures that are made with pencil and paper: for a key and a number of one's choice,
/// the two halves of a signature follow, also where a library might stumble.
///
/// Source: <https://www.secg.org/sec1-v2.pdf> (4.1.4)
class EcdsaForgeryTest {
  private static final BigInteger ONE = BigInteger.ONE;
  private static final BigInteger TWO = BigInteger.TWO;
  private static final BigInteger SOME = new BigInteger("314159265358979323846264338327950288");

  static Stream<Arguments> algorithmsAndProviders() {
    return Stream.of(JwsAlgorithm.ES256, JwsAlgorithm.ES384, JwsAlgorithm.ES512)
        .flatMap(it -> SampleKeys.cryptos().map(crypto -> Arguments.arguments(it, crypto)));
  }

  /// An algorithm's curve, and the token that is signed over it.
  private record Paper(JwsAlgorithm algorithm, Crypto crypto) {
    ECParameterSpec curve() {
      return ((ECPublicKey) SampleKeys.of(algorithm).getPublic()).getParams();
    }

    BigInteger order() {
      return curve().getOrder();
    }

    BigInteger prime() {
      return ((ECFieldFp) curve().getCurve().getField()).getP();
    }

    int length() {
      return algorithm.keyType().coordinateLength();
    }

    /// The token's hash as a number below the order.
    BigInteger hash() {
      try {
        String name = "SHA-" + algorithm.name().substring(2);
        byte[] digest =
            MessageDigest.getInstance(name)
                .digest(SampleTokens.input(algorithm).getBytes(US_ASCII));
        return new BigInteger(1, digest).mod(order());
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    /// The first half of a signature that is made with the number `k`.
    BigInteger r(BigInteger k) {
      return times(k, curve().getGenerator()).getAffineX().mod(order());
    }

    BigInteger over(BigInteger dividend, BigInteger divisor) {
      return dividend.multiply(divisor.modInverse(order())).mod(order());
    }

    ECPoint times(BigInteger factor, ECPoint point) {
      ECPoint sum = ECPoint.POINT_INFINITY;
      for (int bit = factor.bitLength() - 1; bit >= 0; bit--) {
        sum = add(sum, sum);
        if (factor.testBit(bit)) {
          sum = add(sum, point);
        }
      }
      return sum;
    }

    private ECPoint add(ECPoint a, ECPoint b) {
      if (a.equals(ECPoint.POINT_INFINITY)) {
        return b;
      }
      if (b.equals(ECPoint.POINT_INFINITY)) {
        return a;
      }
      BigInteger p = prime();
      BigInteger slope;
      if (a.equals(b)) {
        BigInteger top = a.getAffineX().pow(2).multiply(BigInteger.valueOf(3));
        slope =
            top.add(curve().getCurve().getA()).multiply(TWO.multiply(a.getAffineY()).modInverse(p));
      } else if (a.getAffineX().equals(b.getAffineX())) {
        return ECPoint.POINT_INFINITY;
      } else {
        BigInteger top = b.getAffineY().subtract(a.getAffineY());
        slope = top.multiply(b.getAffineX().subtract(a.getAffineX()).mod(p).modInverse(p));
      }
      BigInteger x = slope.pow(2).subtract(a.getAffineX()).subtract(b.getAffineX()).mod(p);
      return new ECPoint(
          x, slope.multiply(a.getAffineX().subtract(x)).subtract(a.getAffineY()).mod(p));
    }

    /// What becomes of the token, where the issuer's secret number is `d`.
    Verification verify(BigInteger d, BigInteger r, BigInteger s) {
      try {
        ECPublicKeySpec spec =
            new ECPublicKeySpec(times(d.mod(order()), curve().getGenerator()), curve());
        Jwk key =
            new Jwk(
                new KeyId(algorithm.name()),
                algorithm,
                KeyFactory.getInstance("EC").generatePublic(spec));
        JwkSet keys = JwkSet.read(Jwk.set(List.of(key)).toJson(), crypto);
        return SampleTokens.verify(SampleTokens.input(algorithm), halves(r, s), keys);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    byte[] halves(BigInteger r, BigInteger s) {
      byte[] both = Arrays.copyOf(SampleTokens.bytes(r, length()), 2 * length());
      System.arraycopy(SampleTokens.bytes(s, length()), 0, both, length(), length());
      return both;
    }

    /// The second half of a signature by `d` with the number `k`.
    BigInteger s(BigInteger d, BigInteger k) {
      return over(hash().add(r(k).multiply(d)), k);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("algorithmsAndProviders")
  void signatures_with_uncommon_numbers_are_good(JwsAlgorithm algorithm, Crypto crypto) {
    Paper paper = new Paper(algorithm, crypto);
    BigInteger order = paper.order();
    Map<String, BigInteger[]> good = new LinkedHashMap<>();
    for (BigInteger k : List.of(ONE, TWO, order.subtract(ONE), SOME)) {
      good.put("made with " + k, new BigInteger[] {SOME, paper.r(k), paper.s(SOME, k)});
    }
    good.put("by the key 1", new BigInteger[] {ONE, paper.r(SOME), paper.s(ONE, SOME)});
    BigInteger r = paper.r(SOME);
    good.put(
        "the other root of the second half",
        new BigInteger[] {TWO, r, order.subtract(paper.s(TWO, SOME))});
    for (BigInteger s : List.of(ONE, TWO, order.subtract(ONE))) {
      BigInteger d = paper.over(s.multiply(SOME).subtract(paper.hash()), r);
      good.put("whose second half is " + s, new BigInteger[] {d, r, s});
    }
    good.put(
        "whose two points are the same",
        new BigInteger[] {
          paper.over(paper.hash(), r), r, paper.over(TWO.multiply(paper.hash()), SOME)
        });
    good.forEach((name, it) ->
        assertThat(paper.verify(it[0], it[1], it[2])).as(name).isInstanceOf(Verified.class));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("algorithmsAndProviders")
  void signatures_with_impossible_numbers_are_refused(JwsAlgorithm algorithm, Crypto crypto) {
    Paper paper = new Paper(algorithm, crypto);
    BigInteger order = paper.order();
    BigInteger r = paper.r(SOME);
    BigInteger s = paper.s(TWO, SOME);
    BigInteger ones = ONE.shiftLeft(8 * paper.length()).subtract(ONE);
    List<BigInteger> strange =
        List.of(
            BigInteger.ZERO,
            order,
            order.add(ONE),
            paper.prime(),
            paper.prime().add(ONE),
            ones,
            ones.subtract(order));
    for (BigInteger number : strange) {
      assertThat(paper.verify(TWO, number, s)).as("r is " + number).isEqualTo(new BadSignature());
      assertThat(paper.verify(TWO, r, number)).as("s is " + number).isEqualTo(new BadSignature());
      for (BigInteger other : strange) {
        assertThat(paper.verify(TWO, number, other)).isEqualTo(new BadSignature());
      }
    }
    for (BigInteger small : List.of(ONE, TWO, order.subtract(ONE))) {
      assertThat(paper.verify(TWO, small, small)).isEqualTo(new BadSignature());
    }
    assertThat(paper.verify(TWO, s, r)).as("swapped").isEqualTo(new BadSignature());
    assertThat(paper.verify(TWO, order.subtract(r), s)).isEqualTo(new BadSignature());
    assertThat(paper.verify(SOME, r, s)).as("another key").isEqualTo(new BadSignature());
    if (ones.compareTo(order.add(r)) > 0) { // only the halves of ES512 have bits to spare
      assertThat(paper.verify(TWO, r.add(order), s)).isEqualTo(new BadSignature());
      assertThat(paper.verify(TWO, r, s.add(order))).isEqualTo(new BadSignature());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("algorithmsAndProviders")
  void a_sum_at_infinity_is_no_signature(JwsAlgorithm algorithm, Crypto crypto) {
    Paper paper = new Paper(algorithm, crypto);
    for (BigInteger r : List.of(ONE, paper.r(SOME), paper.order().subtract(ONE))) {
      BigInteger d = paper.over(paper.hash().negate(), r);
      for (BigInteger s : List.of(ONE, SOME, r)) {
        assertThat(paper.verify(d, r, s)).isEqualTo(new BadSignature());
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("algorithmsAndProviders")
  void halves_have_the_length_of_the_curve(JwsAlgorithm algorithm, Crypto crypto) {
    Paper paper = new Paper(algorithm, crypto);
    byte[] good = paper.halves(paper.r(SOME), paper.s(TWO, SOME));
    int length = paper.length();
    byte[] wide = new byte[2 * length + 2];
    System.arraycopy(good, 0, wide, 1, length);
    System.arraycopy(good, length, wide, length + 2, length);
    byte[] first = Arrays.copyOf(good, length);
    byte[] twice = Arrays.copyOf(good, 4 * length);
    System.arraycopy(good, 0, twice, 2 * length, 2 * length);
    for (byte[] other : List.of(wide, first, twice, Arrays.copyOf(good, 2 * length + 1))) {
      assertThat(SampleTokens.verify(SampleTokens.input(algorithm), other, crypto))
          .isEqualTo(new BadSignature());
    }
  }
}
