package dev.inkan.server;

import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.letter.WelcomeLetter;
import dev.inkan.server.mail.Letterhead;
import dev.inkan.server.registration.IssuedInvitation;
import dev.inkan.server.registration.MasterInvitation;

/** ご利用開始のお知らせ as this bank writes it. */
final class Letters {

  private Letters() {}

  /** The letter that tells of {@code issued}, which the caller closes. */
  static WelcomeLetter of(
      InkanConfig config, IssuedInvitation issued, WelcomeLetter.Occasion occasion) {
    MasterInvitation invitation = issued.invitation();
    return new WelcomeLetter(
        Letterhead.of(config.bank()),
        config.web().publicUrl(),
        invitation.organisation(),
        occasion,
        invitation.loginId(),
        issued.password(),
        invitation.createdAt(),
        invitation.expiresAt());
  }
}
