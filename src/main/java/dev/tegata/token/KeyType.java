package dev.tegata.token;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.util.Optional;

/// The kinds of key that sign ID tokens: RSA, and the three curves of NIST.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc7518#section-6>
enum KeyType {
  RSA("RSA", 0),
  P_256("secp256r1", 32),
  P_384("secp384r1", 48),
  P_521("secp521r1", 66);

  private final String javaName;
  private final int coordinateLength;

  KeyType(String javaName, int coordinateLength) {
    this.javaName = javaName;
    this.coordinateLength = coordinateLength;
  }

  /// The type of `key`, if it is one of these.
  static Optional<KeyType> of(Key key) {
    if (key instanceof RSAKey) {
      return Optional.of(RSA);
    }
    if (key instanceof ECKey ec) {
      for (KeyType curve : new KeyType[] {P_256, P_384, P_521}) {
        ECParameterSpec parameters = curve.parameters();
        if (ec.getParams().getOrder().equals(parameters.getOrder())
            && ec.getParams().getCurve().equals(parameters.getCurve())) {
          return Optional.of(curve);
        }
      }
    }
    return Optional.empty();
  }

  /// The curve that a JWK calls `name`.
  static Optional<KeyType> curve(String name) {
    return switch (name) {
      case "P-256" -> Optional.of(P_256);
      case "P-384" -> Optional.of(P_384);
      case "P-521" -> Optional.of(P_521);
      default -> Optional.empty();
    };
  }

  /// What a JWK calls the type: `RSA`, or the curve.
  String jwkName() {
    return name().replace('_', '-');
  }

  ECParameterSpec parameters() {
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec(javaName));
      return parameters.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no curve " + javaName, e);
    }
  }

  /// The bytes of a curve's coordinate, and of each half of its signatures.
  int coordinateLength() {
    return coordinateLength;
  }

  /// Whether `point` lies on the curve: y² = x³ + ax + b, both coordinates within the field.
  boolean holds(ECPoint point) {
    var curve = parameters().getCurve();
    BigInteger p = ((ECFieldFp) curve.getField()).getP();
    BigInteger x = point.getAffineX();
    BigInteger y = point.getAffineY();
    BigInteger right = x.pow(3).add(curve.getA().multiply(x)).add(curve.getB());
    return x.compareTo(p) < 0
        && y.compareTo(p) < 0
        && y.pow(2).subtract(right).mod(p).signum() == 0;
  }
}
