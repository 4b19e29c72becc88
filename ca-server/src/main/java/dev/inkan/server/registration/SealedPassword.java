package dev.inkan.server.registration;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;

/** Keeps a login password for the certificate to come, for one browser session alone. */
final class SealedPassword {

  private SealedPassword() {}

  static SealedSecret seal(SessionToken token, LoginPassword password, SecureRandom random) {
    char[] characters = password.toCharArray();
    byte[] octets = new String(characters).getBytes(StandardCharsets.US_ASCII);
    try {
      return token.sealKey().seal(octets, CertificateApplications.PASSWORD_PURPOSE, random);
    } finally {
      Arrays.fill(characters, '\0');
      Arrays.fill(octets, (byte) 0);
    }
  }
}
