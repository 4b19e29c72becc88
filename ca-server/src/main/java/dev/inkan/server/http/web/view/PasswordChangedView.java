package dev.inkan.server.http.web.view;

/** After パスワードの変更: what counts from now on, and what does not. */
public record PasswordChangedView(Page page) implements View {

  @Override
  public String title() {
    return "パスワードを変更しました";
  }

  @Override
  public String template() {
    return "password-changed.jte";
  }
}
