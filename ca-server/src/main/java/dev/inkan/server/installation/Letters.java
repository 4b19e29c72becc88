package dev.inkan.server.installation;

import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.letter.WelcomeLetter;
import dev.inkan.server.mail.Letterhead;
import dev.inkan.server.registration.invitation.IssuedInvitation;
import dev.inkan.server.registration.invitation.MasterInvitation;

/** ご利用開始のお知らせ as this bank writes it. */
public final class Letters {

  private Letters() {}

  /** The letter that tells of {@code issued}, which the caller closes. */
  public static WelcomeLetter of(
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
