package dev.inkan.server.http.web.view;

import java.util.Optional;

/** ⑦ 電子証明書発行中 (row B15): asks again by itself every two seconds. */
public record ProgressView(Page page) implements View {

  @Override
  public String title() {
    return "電子証明書発行中";
  }

  @Override
  public String template() {
    return "progress.jte";
  }

  @Override
  public Optional<Step> step() {
    return Optional.of(Step.ISSUING);
  }
}
