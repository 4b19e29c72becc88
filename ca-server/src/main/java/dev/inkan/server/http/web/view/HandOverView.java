package dev.inkan.server.http.web.view;

/**
 * The initial password, shown once to be handed over (row C4).
 *
 * @param until the last moment it can be used, such as 2026年12月22日 14時05分
 */
public record HandOverView(
    Page page, Said said, UserView.Person person, String password, String until) implements View {

  @Override
  public String title() {
    return "初期パスワードのお渡し";
  }

  @Override
  public String template() {
    return "hand-over.jte";
  }

  @Override
  public String toString() {
    return "HandOverView[" + person.userId() + "]";
  }
}
