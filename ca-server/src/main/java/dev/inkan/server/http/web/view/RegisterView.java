package dev.inkan.server.http.web.view;

/** マスターユーザーの初期登録, for as long as it is done by letter and telephone alone. */
public record RegisterView(Page page) implements View {

  @Override
  public String title() {
    return "マスターユーザーの初期登録";
  }

  @Override
  public String template() {
    return "register.jte";
  }
}
