package dev.inkan.server.http.web.view;

import java.util.List;

/**
 * マスターユーザー初期登録: who is registered (row C2).
 *
 * @param typed what was typed, or is known from before; passwords are never shown again
 */
public record RegisterDetailsView(
    Page page, String organisation, Typed typed, List<Problem> problems) implements View {

  /** What the fields hold. */
  public record Typed(String userId, String name, String email) {

    /** Empty fields. */
    public static final Typed NOTHING = new Typed("", "", "");
  }

  @Override
  public String title() {
    return "マスターユーザー初期登録 登録内容の入力";
  }

  @Override
  public String template() {
    return "register-details.jte";
  }
}
