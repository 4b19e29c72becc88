package dev.inkan.server.http.web.view;

/**
 * マスターユーザー初期登録: done (row C2).
 *
 * @param certificateDue whether this browser can go straight on to the certificate
 */
public record RegisterDoneView(
    Page page, String userId, String organisation, boolean certificateDue) implements View {

  @Override
  public String title() {
    return "マスターユーザー初期登録 登録完了";
  }

  @Override
  public String template() {
    return "register-done.jte";
  }
}
