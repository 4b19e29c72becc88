package dev.inkan.server.http.web.view;

import java.util.Optional;

/** After [閉じる]: how to close the browser and begin to use the certificate. */
public record ClosedView(Page page) implements View {

  @Override
  public String title() {
    return "お手続きは終わりです";
  }

  @Override
  public String template() {
    return "closed.jte";
  }

  @Override
  public Optional<Step> step() {
    return Optional.of(Step.IMPORT);
  }
}
