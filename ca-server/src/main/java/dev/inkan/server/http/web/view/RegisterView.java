package dev.inkan.server.http.web.view;

import java.util.List;

/**
 * マスターユーザー初期登録ログイン (row C2).
 *
 * @param loginId what was typed; the password is never shown again
 */
public record RegisterView(Page page, String loginId, List<Problem> problems) implements View {

  @Override
  public String title() {
    return "マスターユーザー初期登録 ログイン";
  }

  @Override
  public String template() {
    return "register.jte";
  }
}
