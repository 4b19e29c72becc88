package dev.inkan.server.http.web.view;

import java.util.Optional;

/** A refusal or a failure within a flow: what, why, until when, whom to ask. */
public record RefusalView(Page page, Refusal refusal) implements View {

  @Override
  public String title() {
    return refusal.title();
  }

  @Override
  public String template() {
    return "refusal.jte";
  }

  @Override
  public Optional<Step> step() {
    return refusal.step();
  }
}
