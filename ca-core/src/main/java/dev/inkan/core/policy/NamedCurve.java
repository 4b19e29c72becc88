package dev.inkan.core.policy;

import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The two accepted curves, by their own numbers: a key that names a curve and brings other
 * parameters is found out.
 *
 * @see <a href="https://csrc.nist.gov/pubs/sp/800/186/final">SP 800-186, section 3.2.1</a>
 */
enum NamedCurve {
  P_256(
      "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
      "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b",
      "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296",
      "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5",
      "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"),
  P_384(
      "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe"
          + "ffffffff0000000000000000ffffffff",
      "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875a"
          + "c656398d8a2ed19d2a85c8edd3ec2aef",
      "aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a38"
          + "5502f25dbf55296c3a545e3872760ab7",
      "3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c0"
          + "0a60b1ce1d7e819d7a431d7c90ea0e5f",
      "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf"
          + "581a0db248b0a77aecec196accc52973");

  private static final BigInteger THREE = BigInteger.valueOf(3);

  private final BigInteger p;
  private final BigInteger b;
  private final BigInteger x;
  private final BigInteger y;
  private final BigInteger order;

  NamedCurve(String p, String b, String x, String y, String order) {
    this.p = new BigInteger(p, 16);
    this.b = new BigInteger(b, 16);
    this.x = new BigInteger(x, 16);
    this.y = new BigInteger(y, 16);
    this.order = new BigInteger(order, 16);
  }

  static List<String> violations(ECPublicKey key) {
    Optional<NamedCurve> curve =
        Arrays.stream(values()).filter(known -> known.matches(key.getParams())).findFirst();
    if (curve.isEmpty()) {
      return List.of("elliptic curve is neither P-256 nor P-384");
    }
    return curve.get().holds(key.getW())
        ? List.of()
        : List.of("public point is not on " + curve.get());
  }

  private boolean matches(ECParameterSpec spec) {
    return spec.getCurve().getField() instanceof ECFieldFp field
        && field.getP().equals(p)
        && spec.getCurve().getA().mod(p).equals(p.subtract(THREE))
        && spec.getCurve().getB().equals(b)
        && spec.getGenerator().equals(new ECPoint(x, y))
        && spec.getOrder().equals(order)
        && spec.getCofactor() == 1;
  }

  /** {@code y^2 = x^3 - 3x + b}; the cofactor is 1, so a point on the curve is in the group. */
  private boolean holds(ECPoint point) {
    if (point.equals(ECPoint.POINT_INFINITY)) {
      return false;
    }
    BigInteger across = point.getAffineX();
    BigInteger up = point.getAffineY();
    if (!isReduced(across) || !isReduced(up)) {
      return false;
    }
    BigInteger right = across.pow(3).subtract(THREE.multiply(across)).add(b);
    return up.multiply(up).subtract(right).mod(p).signum() == 0;
  }

  private boolean isReduced(BigInteger coordinate) {
    return coordinate.signum() >= 0 && coordinate.compareTo(p) < 0;
  }
}
