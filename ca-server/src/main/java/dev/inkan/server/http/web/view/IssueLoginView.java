package dev.inkan.server.http.web.view;

import java.util.List;
import java.util.Optional;

/**
 * ④ 電子証明書発行 ユーザー認証 (rows B3 to B6).
 *
 * @param userId what was typed; the password is never shown again
 */
public record IssueLoginView(Page page, String userId, List<Problem> problems) implements View {

  @Override
  public String title() {
    return "電子証明書発行 ユーザー認証";
  }

  @Override
  public String template() {
    return "issue-login.jte";
  }

  @Override
  public Optional<Step> step() {
    return Optional.of(Step.USER_AUTHENTICATION);
  }
}
