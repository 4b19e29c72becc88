package dev.inkan.server.http.web.view;

import java.util.List;

/**
 * パスワードの変更 behind the log-in (row C5).
 *
 * @param initial whether somebody else set the password so far: then nothing else is reachable, and
 *     it is not asked for again
 */
public record ChangePasswordView(Page page, String userId, boolean initial, List<Problem> problems)
    implements View {

  @Override
  public String title() {
    return "パスワードの変更";
  }

  @Override
  public String template() {
    return "change-password.jte";
  }
}
