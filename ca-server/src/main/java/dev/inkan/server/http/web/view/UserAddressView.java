package dev.inkan.server.http.web.view;

import java.util.List;

/**
 * メールアドレスの変更 (row C4): the new one.
 *
 * @param email what was typed
 */
public record UserAddressView(
    Page page, UserView.Person person, String email, List<Problem> problems) implements View {

  @Override
  public String title() {
    return "メールアドレスの変更";
  }

  @Override
  public String template() {
    return "user-address.jte";
  }
}
