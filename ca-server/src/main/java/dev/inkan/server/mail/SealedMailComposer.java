package dev.inkan.server.mail;

import dev.inkan.server.registration.mail.MailNumber;
import dev.inkan.server.registration.mail.Notice;
import dev.inkan.server.registration.secret.SealedSecret;
import dev.inkan.server.registration.user.Language;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Writes a mail and seals it. Safe for several threads. */
public final class SealedMailComposer implements MailSealer {

  private final Map<Language, MailTexts> texts;
  private final MailSeal seal;
  private final SecureRandom random;
  private final Clock clock;

  public SealedMailComposer(
      Letterhead letterhead, MailSeal seal, SecureRandom random, Clock clock) {
    this.texts =
        Arrays.stream(Language.values())
            .collect(Collectors.toUnmodifiableMap(it -> it, it -> new MailTexts(letterhead, it)));
    this.seal = seal;
    this.random = random;
    this.clock = clock;
  }

  @Override
  public SealedSecret compose(MailNumber number, Language language, Notice notice) {
    return seal.seal(number, texts(language).render(number, notice, clock.instant()), random);
  }

  private MailTexts texts(Language language) {
    return Objects.requireNonNull(texts.get(language));
  }
}
