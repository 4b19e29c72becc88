package dev.inkan.server.mail;

import dev.inkan.server.registration.MailNumber;
import dev.inkan.server.registration.Notice;
import dev.inkan.server.registration.SealedSecret;
import java.security.SecureRandom;
import java.time.Clock;

/** Writes a mail and seals it. Safe for several threads. */
public final class SealedMailComposer implements MailSealer {

  private final MailTexts texts;
  private final MailSeal seal;
  private final SecureRandom random;
  private final Clock clock;

  public SealedMailComposer(MailTexts texts, MailSeal seal, SecureRandom random, Clock clock) {
    this.texts = texts;
    this.seal = seal;
    this.random = random;
    this.clock = clock;
  }

  @Override
  public SealedSecret compose(MailNumber number, Notice notice) {
    return seal.seal(number, texts.render(number, notice, clock.instant()), random);
  }
}
