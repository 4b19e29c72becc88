package dev.inkan.server.http.web.view;

/**
 * 一般ユーザーの削除 (row C4): before it is done.
 *
 * @param validUntil the last day of a certificate that stays valid; empty if there is none
 */
public record RemoveUserView(Page page, UserView.Person person, String validUntil) implements View {

  @Override
  public String title() {
    return "一般ユーザーの削除";
  }

  @Override
  public String template() {
    return "remove-user.jte";
  }
}
