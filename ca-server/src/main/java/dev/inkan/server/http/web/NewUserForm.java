package dev.inkan.server.http.web;

import dev.inkan.server.http.web.view.Problem;
import dev.inkan.server.http.web.view.RegisterProblems;
import dev.inkan.server.http.web.view.UserProblems;
import dev.inkan.server.registration.administration.NewUser;
import dev.inkan.server.registration.secret.LoginPassword;
import dev.inkan.server.registration.user.MailAddress;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A new user as the form brought them: what was typed, to be shown again, and what it holds. What
 * no field can hold is shown shortened.
 */
record NewUserForm(String userId, String name, String email, String initialPassword) {

  private static final int LONGEST_SHOWN = 300;
  private static final int LONGEST_PASSWORD_SHOWN = 64;

  static NewUserForm of(Form form) {
    return new NewUserForm(
        form.trimmed("userId"),
        form.trimmed("name"),
        form.trimmed("email"),
        form.trimmed("initialPassword"));
  }

  /** What is wrong with the form of what was typed. */
  List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    if (UserId.parse(userId).isEmpty()) {
      problems.add(userId.isEmpty() ? Problem.userIdMissing() : Problem.userIdMalformed());
    }
    if (!User.isName(name)) {
      problems.add(
          name.isEmpty() ? RegisterProblems.nameMissing() : RegisterProblems.nameMalformed());
    }
    if (MailAddress.parse(email).isEmpty()) {
      problems.add(
          email.isEmpty() ? RegisterProblems.emailMissing() : RegisterProblems.emailMalformed());
    }
    Optional<LoginPassword> password = password();
    password.ifPresent(LoginPassword::close);
    if (password.isEmpty()) {
      problems.add(
          initialPassword.isEmpty()
              ? UserProblems.initialPasswordMissing()
              : UserProblems.initialPasswordMalformed());
    }
    return problems;
  }

  /** The user; only where there is no problem. */
  NewUser user() {
    return new NewUser(new UserId(userId), name, new MailAddress(email));
  }

  /** The password, if it has the form of one; the caller closes it. */
  Optional<LoginPassword> password() {
    return LoginPassword.parse(initialPassword.toCharArray());
  }

  /** The same, no longer than a screen shows. */
  NewUserForm shown() {
    return new NewUserForm(
        cut(userId, LONGEST_SHOWN),
        cut(name, LONGEST_SHOWN),
        cut(email, LONGEST_SHOWN),
        cut(initialPassword, LONGEST_PASSWORD_SHOWN));
  }

  static String cut(String text, int maximum) {
    return text.codePointCount(0, text.length()) > maximum
        ? text.substring(0, text.offsetByCodePoints(0, maximum))
        : text;
  }

  @Override
  public String toString() {
    return "NewUserForm[" + userId + "]";
  }
}
