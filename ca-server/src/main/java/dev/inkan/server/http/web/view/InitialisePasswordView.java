package dev.inkan.server.http.web.view;

import java.util.List;

/**
 * パスワードの初期化 (row C4): before it is done.
 *
 * @param lifetime of an initial password, such as 30日間
 */
public record InitialisePasswordView(
    Page page, UserView.Person person, String lifetime, List<Problem> problems) implements View {

  @Override
  public String title() {
    return "パスワードの初期化";
  }

  @Override
  public String template() {
    return "initialise-password.jte";
  }
}
