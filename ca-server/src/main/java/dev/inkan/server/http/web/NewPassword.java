package dev.inkan.server.http.web;

import dev.inkan.server.http.web.view.Problem;
import dev.inkan.server.registration.secret.LoginPassword;
import java.util.List;
import java.util.Optional;

/**
 * 新しいパスワード, typed twice, as a form brought it.
 *
 * @param problems what is wrong with it; empty exactly if there is a password
 */
record NewPassword(Optional<LoginPassword> password, List<Problem> problems)
    implements AutoCloseable {

  static NewPassword of(Form form) {
    String first = form.value("password");
    String second = form.value("passwordConfirm");
    if (first.isEmpty()) {
      return wrong(Problem.newPasswordMissing());
    }
    Optional<LoginPassword> password = LoginPassword.parse(first.toCharArray());
    if (password.isEmpty()) {
      return wrong(Problem.newPasswordMalformed());
    } else if (second.isEmpty()) {
      return wrong(Problem.passwordConfirmMissing());
    } else if (!second.equals(first)) {
      return wrong(Problem.passwordConfirmDiffers());
    }
    return new NewPassword(password, List.of());
  }

  private static NewPassword wrong(Problem problem) {
    return new NewPassword(Optional.empty(), List.of(problem));
  }

  @Override
  public void close() {
    password.ifPresent(LoginPassword::close);
  }
}
