package dev.inkan.server.http.web.view;

import java.util.Optional;

/** ③ The log-in menu with its four buttons (row B2). */
public record MenuView(Page page) implements View {

  @Override
  public String title() {
    return page.site().serviceName() + "ログイン画面";
  }

  @Override
  public String template() {
    return "menu.jte";
  }

  @Override
  public Optional<Step> step() {
    return Optional.of(Step.ISSUE_SELECTION);
  }
}
