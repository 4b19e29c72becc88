package dev.inkan.server.mail;

import dev.inkan.server.registration.mail.MailNumber;
import dev.inkan.server.registration.mail.Notice;
import dev.inkan.server.registration.user.Language;
import dev.inkan.server.registration.user.MailAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneId;

/** What the mail tests write. */
final class Mails {

  static final Instant NOW = Notices.NOW;
  static final Letterhead LETTERHEAD =
      new Letterhead(
          "みほん労働金庫",
          "賃金控除事務支援システム",
          ZoneId.of("Asia/Tokyo"),
          new Letterhead.Helpdesk("みほん労働金庫 ヘルプデスク", "00-0000-0000", "9:00〜17:00", "土・日・祝日"));
  static final Notice CODE = Notices.named("code");
  static final MailSeal SEAL = new MailSeal(new byte[32]);

  private Mails() {}

  static MailTexts texts() {
    return new MailTexts(LETTERHEAD, Language.JAPANESE);
  }

  static QueuedMail queued(long number, String to, int attempts) {
    MailNumber mailNumber = new MailNumber(number);
    return new QueuedMail(
        mailNumber,
        CODE.kind(),
        new MailAddress(to),
        SEAL.seal(mailNumber, texts().render(mailNumber, CODE, NOW), new SecureRandom()),
        attempts,
        NOW.minusSeconds(60));
  }
}
