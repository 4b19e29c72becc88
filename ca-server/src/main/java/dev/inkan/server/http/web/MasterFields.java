package dev.inkan.server.http.web;

import dev.inkan.server.http.web.view.Problem;
import dev.inkan.server.http.web.view.RegisterDetailsView.Typed;
import dev.inkan.server.http.web.view.RegisterProblems;
import dev.inkan.server.registration.master.MasterProfile;
import dev.inkan.server.registration.user.MailAddress;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a master user says of themselves, as a form brought it.
 *
 * @param typed to be shown again; shortened where nothing of the right form is that long
 * @param profile if all of it has the right form
 */
record MasterFields(Typed typed, Optional<MasterProfile> profile, NewPassword password)
    implements AutoCloseable {

  static MasterFields of(Form form) {
    Typed typed = new Typed(form.shown("userId"), form.shown("name"), form.shown("email"));
    Optional<UserId> userId = UserId.parse(form.trimmed("userId"));
    Optional<MailAddress> mail = MailAddress.parse(form.trimmed("email"));
    Optional<String> name = Optional.of(form.trimmed("name")).filter(User::isName);
    Optional<MasterProfile> profile =
        userId.flatMap(id -> mail.flatMap(to -> name.map(it -> new MasterProfile(id, it, to))));
    return new MasterFields(typed, profile, NewPassword.of(form));
  }

  /** What is wrong with the form of what was typed; says nothing about any other user. */
  List<Problem> problems(Form form) {
    List<Problem> problems = new ArrayList<>();
    if (UserId.parse(form.trimmed("userId")).isEmpty()) {
      problems.add(
          form.trimmed("userId").isEmpty() ? Problem.userIdMissing() : Problem.userIdMalformed());
    }
    problems.addAll(password.problems());
    if (!User.isName(form.trimmed("name"))) {
      problems.add(
          form.trimmed("name").isEmpty()
              ? RegisterProblems.nameMissing()
              : RegisterProblems.nameMalformed());
    }
    if (MailAddress.parse(form.trimmed("email")).isEmpty()) {
      problems.add(
          form.trimmed("email").isEmpty()
              ? RegisterProblems.emailMissing()
              : RegisterProblems.emailMalformed());
    }
    return problems;
  }

  @Override
  public void close() {
    password.close();
  }
}
