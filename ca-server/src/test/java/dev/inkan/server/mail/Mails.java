package dev.inkan.server.mail;

import dev.inkan.core.certificate.Validity;
import dev.inkan.server.registration.MailAddress;
import dev.inkan.server.registration.MailNumber;
import dev.inkan.server.registration.Notice;
import dev.inkan.server.registration.UserId;
import dev.inkan.server.registration.UserRole;
import dev.inkan.server.registration.VerificationCode;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneId;

/** What the mail tests write. */
final class Mails {

  static final Instant NOW = Instant.parse("2026-11-22T06:00:05Z");
  static final Letterhead LETTERHEAD =
      new Letterhead(
          "みほん労働金庫",
          "賃金控除事務支援システム",
          ZoneId.of("Asia/Tokyo"),
          new Letterhead.Helpdesk("みほん労働金庫 ヘルプデスク", "00-0000-0000", "9:00〜17:00", "土・日・祝日"));
  static final UserId USER = new UserId("taro01");
  static final Notice CODE =
      new Notice.Code(USER, VerificationCode.parse("048213").orElseThrow(), NOW.plusSeconds(1800));
  static final Notice ISSUED =
      new Notice.Issued(
          USER, new Validity(NOW.minusSeconds(300), Instant.parse("2027-11-22T14:59:59Z")));
  static final Notice LOCKED = new Notice.Locked(USER, 6, NOW.plusSeconds(3600));
  static final Notice BLOCKED_MASTER = new Notice.Blocked(USER, UserRole.MASTER);
  static final Notice BLOCKED_GENERAL = new Notice.Blocked(USER, UserRole.GENERAL);
  static final MailSeal SEAL = new MailSeal(new byte[32]);

  private Mails() {}

  static MailTexts texts() {
    return new MailTexts(LETTERHEAD, MailLanguage.JAPANESE);
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
