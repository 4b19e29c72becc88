package dev.inkan.server.http.web;

import dev.inkan.server.http.web.view.IssueRefusals;
import dev.inkan.server.http.web.view.JapaneseDates;
import dev.inkan.server.http.web.view.LoginRefusals;
import dev.inkan.server.http.web.view.Refusal;
import dev.inkan.server.http.web.view.Step;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserRole;

/** What somebody reads whose initial password is over (C5), and whom they ask for another. */
final class InitialPasswordEnd {

  private InitialPasswordEnd() {}

  static Refusal atIssue(Step step, User user, JapaneseDates dates) {
    return IssueRefusals.initialPasswordOver(step, until(user, dates), isMaster(user));
  }

  static Refusal atLogin(User user, JapaneseDates dates) {
    return LoginRefusals.initialPasswordOver(until(user, dates), isMaster(user));
  }

  private static String until(User user, JapaneseDates dates) {
    return dates.date(user.password().initialUntil().orElseThrow());
  }

  private static boolean isMaster(User user) {
    return user.role() == UserRole.MASTER;
  }
}
