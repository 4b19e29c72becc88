package dev.inkan.server.http.web;

import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.policy.BankCalendar;
import dev.inkan.core.policy.IssuanceDecision;
import dev.inkan.server.http.web.view.HomeView;
import dev.inkan.server.http.web.view.JapaneseDates;
import dev.inkan.server.registration.access.LoggedInUser;
import dev.inkan.server.registration.user.Language;
import dev.inkan.server.registration.user.UserRole;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** What a logged-in user sees of their certificates (C7). */
final class HomeHandler implements LoggedIn.Screen {

  private final Screens screens;
  private final Showing showing;

  /**
   * How certificates are shown.
   *
   * @param renewalPath where the renewal button leads
   */
  record Showing(BankCalendar calendar, JapaneseDates dates, String renewalPath, Clock clock) {

    HomeView.Held held(CertificateRecord entry, LoggedInUser user, Instant now) {
      return new HomeView.Held(
          dates.date(entry.validity().notBefore()),
          dates.date(entry.validity().notAfter()),
          calendar.daysLeft(entry.validity(), now),
          entry.serialNumber().equals(user.certificate().serialNumber()));
    }

    HomeView.Renewal renewal(LoggedInUser user) {
      return user.renewal()
          .fold(
              granted -> new HomeView.Renewal(HomeView.State.OPEN, "", "", renewalPath),
              early -> later(user, early),
              progress -> new HomeView.Renewal(HomeView.State.UNDER_WAY, "", "", renewalPath));
    }

    private HomeView.Renewal later(LoggedInUser user, IssuanceDecision.TooEarly early) {
      return new HomeView.Renewal(
          user.hasNewer() ? HomeView.State.DONE : HomeView.State.LATER,
          dates.date(early.renewalOpens()),
          user.hasNewer() ? dates.date(early.validity().notAfter()) : "",
          renewalPath);
    }
  }

  HomeHandler(Screens screens, Showing showing) {
    this.screens = screens;
    this.showing = showing;
  }

  @Override
  public void handle(Context ctx, Visit visit, LoggedInUser user) {
    screens.show(ctx, view(visit, user));
  }

  private HomeView view(Visit visit, LoggedInUser user) {
    Instant now = showing.clock().instant();
    List<HomeView.Held> certificates =
        user.valid().stream().map(entry -> showing.held(entry, user, now)).toList();
    return new HomeView(
        visit.page(),
        user.user().userId().value(),
        user.user().organisation().name(),
        showing.calendar().daysLeft(user.certificate().validity(), now),
        certificates,
        showing.renewal(user),
        user.user().language() == Language.JAPANESE
            ? HomeView.MailLanguage.JAPANESE
            : HomeView.MailLanguage.ENGLISH,
        user.user().role() == UserRole.MASTER);
  }
}
