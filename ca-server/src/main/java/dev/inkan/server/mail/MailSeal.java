package dev.inkan.server.mail;

import dev.inkan.server.registration.mail.MailNumber;
import dev.inkan.server.registration.secret.InstallationSecret;
import dev.inkan.server.registration.secret.SealKey;
import dev.inkan.server.registration.secret.SealedSecret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Keeps mails unreadable while they wait: sealed under a key of the installation's own, bound to
 * the mail's number, so that a sealed text opens in no other mail's place. Safe for several
 * threads.
 */
public final class MailSeal {

  private final SealKey key;

  /**
   * @param installationSecret 32 octets, which the caller wipes
   */
  public MailSeal(byte[] installationSecret) {
    this.key = InstallationSecret.copyOf(installationSecret).mailSealKey();
  }

  /** Seals {@code text} as the mail {@code number}. */
  public SealedSecret seal(MailNumber number, MailText text, SecureRandom random) {
    byte[] clear = (text.subject() + "\n" + text.body()).getBytes(StandardCharsets.UTF_8);
    try {
      return key.seal(clear, purpose(number), random);
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }

  /**
   * The text of the mail {@code number}.
   *
   * @throws GeneralSecurityException if it was sealed under another key or number, or altered
   */
  public MailText open(MailNumber number, SealedSecret secret) throws GeneralSecurityException {
    byte[] clear =
        key.open(secret, purpose(number))
            .orElseThrow(() -> new GeneralSecurityException("mail " + number + " does not open"));
    String text = new String(clear, StandardCharsets.UTF_8);
    Arrays.fill(clear, (byte) 0);
    int end = text.indexOf('\n');
    if (end <= 0) {
      throw new GeneralSecurityException("mail " + number + " has no subject");
    }
    return new MailText(text.substring(0, end), text.substring(end + 1));
  }

  private static String purpose(MailNumber number) {
    return "mail " + number;
  }

  @Override
  public String toString() {
    return "MailSeal[redacted]";
  }
}
