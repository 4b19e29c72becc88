package dev.inkan.server.http.web.view;

import java.util.List;

/**
 * ログイン (row C6).
 *
 * @param userId what was typed; the password is never shown again
 */
public record LoginView(Page page, String userId, List<Problem> problems) implements View {

  @Override
  public String title() {
    return "ログイン";
  }

  @Override
  public String template() {
    return "login.jte";
  }
}
