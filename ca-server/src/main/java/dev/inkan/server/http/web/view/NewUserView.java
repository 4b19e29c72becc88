package dev.inkan.server.http.web.view;

import java.util.List;

/**
 * 一般ユーザーの登録 (row C4).
 *
 * @param initialPassword a proposal, or what was typed; the master user hands it over
 * @param lifetime such as 30日間
 */
public record NewUserView(
    Page page,
    String userId,
    String name,
    String email,
    String initialPassword,
    String lifetime,
    List<Problem> problems)
    implements View {

  @Override
  public String title() {
    return "一般ユーザーの登録";
  }

  @Override
  public String template() {
    return "new-user.jte";
  }

  @Override
  public String toString() {
    return "NewUserView[" + userId + "]";
  }
}
