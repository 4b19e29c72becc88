package dev.inkan.server.http.web.view;

import java.util.List;
import java.util.Optional;

/** On the way from ⑤ to ⑥: a password of one's own, typed twice (row C5). */
public record ChoosePasswordView(Page page, String userId, List<Problem> problems) implements View {

  @Override
  public String title() {
    return "電子証明書発行 パスワードの変更";
  }

  @Override
  public String template() {
    return "choose-password.jte";
  }

  /** The code was taken here a moment ago; ⑥ comes next. */
  @Override
  public Optional<Step> step() {
    return Optional.of(Step.CODE_ENTRY);
  }
}
