package dev.inkan.server.http.web;

import dev.inkan.server.http.web.view.Problem;
import dev.inkan.server.registration.access.Authentication;
import dev.inkan.server.registration.secret.LoginPassword;
import dev.inkan.server.registration.user.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * ユーザーID and パスワード as a form brought them.
 *
 * @param typed the user ID as typed, to be shown again; shortened where no user ID is that long
 */
record Credentials(String typed, Optional<UserId> userId, Optional<LoginPassword> password)
    implements AutoCloseable {

  private static final int LONGEST_SHOWN = 64;

  static Credentials of(Form form) {
    String typed = form.trimmed("userId");
    return new Credentials(
        typed.length() > LONGEST_SHOWN ? typed.substring(0, LONGEST_SHOWN) : typed,
        UserId.parse(typed),
        LoginPassword.parse(form.value("password").toCharArray()));
  }

  /** What is wrong with the form of what was typed; says nothing about any user. */
  List<Problem> problems(Form form) {
    List<Problem> problems = new ArrayList<>();
    if (userId.isEmpty()) {
      problems.add(typed.isEmpty() ? Problem.userIdMissing() : Problem.userIdMalformed());
    }
    if (password.isEmpty()) {
      boolean missing = form.value("password").isEmpty();
      problems.add(missing ? Problem.passwordMissing() : Problem.passwordMalformed());
    }
    return problems;
  }

  /** What a visitor reads whose user ID and password did not pass. */
  static Problem problem(Authentication result) {
    return result.fold(
        user -> {
          throw new IllegalArgumentException("passed");
        },
        Problem::wrongCredentials,
        Problem::tooManyAttempts,
        Problem::busy,
        user -> {
          throw new IllegalArgumentException("refused on a screen of its own");
        },
        // Only where somebody is logged in already: whose session then is gone as well.
        user -> Problem.wrongCredentials());
  }

  /** What somebody reads whose password alone was asked for and did not pass. */
  static Problem passwordProblem(Authentication result) {
    return result instanceof Authentication.Refused ? Problem.wrongPassword() : problem(result);
  }

  @Override
  public void close() {
    password.ifPresent(LoginPassword::close);
  }
}
