package dev.inkan.core.key;

import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The kinds of key this CA makes, each with the one signature algorithm it is used with. */
public enum KeyAlgorithm {
  RSA_2048("rsa-2048", "RSA", 2048, "SHA256withRSA"),
  RSA_3072("rsa-3072", "RSA", 3072, "SHA256withRSA"),
  P_256("p-256", "EC", 256, "SHA256withECDSA"),
  P_384("p-384", "EC", 384, "SHA384withECDSA");

  private final String configName;
  private final String family;
  private final int bits;
  private final String signatureAlgorithm;

  KeyAlgorithm(String configName, String family, int bits, String signatureAlgorithm) {
    this.configName = configName;
    this.family = family;
    this.bits = bits;
    this.signatureAlgorithm = signatureAlgorithm;
  }

  /** The name in configuration files, such as {@code rsa-3072}. */
  public String configName() {
    return configName;
  }

  /** The size of the modulus or of the curve's field, in bits. */
  public int bits() {
    return bits;
  }

  /** The algorithm of signatures made with such a key, by its JCA name. */
  public String signatureAlgorithm() {
    return signatureAlgorithm;
  }

  public boolean isRsa() {
    return family.equals("RSA");
  }

  /** Whether roots and issuing CAs may have such a key. */
  public boolean isAuthoritys() {
    return this == P_384 || this == RSA_3072;
  }

  /** The JCA name of key pairs of this kind. */
  String family() {
    return family;
  }

  /** The curve's name in SEC 2; RSA has none. */
  String curve() {
    return "secp" + bits + "r1";
  }

  /**
   * The algorithm that configuration calls {@code configName}.
   *
   * @throws IllegalArgumentException naming the accepted names
   */
  public static KeyAlgorithm ofConfigName(String configName) {
    return Arrays.stream(values())
        .filter(algorithm -> algorithm.configName.equals(configName))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown key algorithm '" + configName + "'; known are " + configNames()));
  }

  /** The kind that {@code key} is of, if this CA makes such keys. */
  public static Optional<KeyAlgorithm> of(PublicKey key) {
    return Arrays.stream(values()).filter(algorithm -> algorithm.matches(key)).findFirst();
  }

  private boolean matches(PublicKey key) {
    if (key instanceof RSAKey rsa) {
      return isRsa() && rsa.getModulus().bitLength() == bits;
    }
    return key instanceof ECKey ec
        && !isRsa()
        && ec.getParams().getCurve().getField().getFieldSize() == bits;
  }

  private static String configNames() {
    return Arrays.stream(values()).map(KeyAlgorithm::configName).collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return configName;
  }
}
