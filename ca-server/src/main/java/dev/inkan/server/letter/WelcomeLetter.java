package dev.inkan.server.letter;

import dev.inkan.server.mail.Letterhead;
import dev.inkan.server.registration.invitation.LoginId;
import dev.inkan.server.registration.secret.LoginPassword;
import dev.inkan.server.registration.user.Organisation;
import java.net.URI;
import java.time.Instant;

/**
 * ご利用開始のお知らせ: what an organisation's master user needs for マスターユーザーの初期登録 (C1, C3). It holds the
 * initial password, which never prints with it; whoever made the password closes it.
 *
 * @param letterhead whose letter it is, and the zone in which it tells times
 * @param url what the reader types into the browser
 * @param writtenAt the date on it
 * @param until when the initial password ends
 */
public record WelcomeLetter(
    Letterhead letterhead,
    URI url,
    Organisation organisation,
    Occasion occasion,
    LoginId loginId,
    LoginPassword password,
    Instant writtenAt,
    Instant until) {

  /** Why it is written. */
  public enum Occasion {
    /** The organisation is new (C1). */
    START("ご利用開始のお知らせ"),
    /** The bank initialised the master user (C3). */
    CHANGE("ご利用開始（変更）のお知らせ");

    private final String title;

    Occasion(String title) {
      this.title = title;
    }

    /** The letter's heading. */
    public String title() {
      return title;
    }
  }
}
