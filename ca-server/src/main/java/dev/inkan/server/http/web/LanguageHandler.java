package dev.inkan.server.http.web;

import dev.inkan.server.registration.access.LoggedInUser;
import dev.inkan.server.registration.account.MailLanguage;
import dev.inkan.server.registration.user.Language;
import io.javalin.http.Context;

/** A logged-in user chooses the language of their mails (F1). */
final class LanguageHandler implements LoggedIn.Screen {

  private final MailLanguage language;

  LanguageHandler(MailLanguage language) {
    this.language = language;
  }

  @Override
  public void handle(Context ctx, Visit visit, LoggedInUser user) {
    Language chosen =
        Language.parse(WebGuards.form(ctx).value("language"))
            .orElseThrow(RequestFailure::badRequest);
    language.choose(user.user(), chosen);
    Screens.goTo(ctx, "/home");
  }
}
