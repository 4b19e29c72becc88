package dev.inkan.server.http.web.view;

import java.util.Optional;

/**
 * ⑥ 発行 (row B14).
 *
 * @param validUntil the last day, such as 2027年11月22日
 */
public record ConfirmView(Page page, String userId, String organisation, String validUntil)
    implements View {

  @Override
  public String title() {
    return "電子証明書発行";
  }

  @Override
  public String template() {
    return "confirm.jte";
  }

  @Override
  public Optional<Step> step() {
    return Optional.of(Step.ISSUE);
  }
}
