package dev.inkan.server.http.web.view;

import java.util.Optional;

/**
 * ⑧ 電子証明書発行結果 (rows B16 to B18).
 *
 * @param validUntil the last day, such as 2027年11月22日
 * @param fileName such as yamada0120261122143500.p12
 * @param fetchableUntil how long the file can be fetched, by the clock, such as 14時50分
 */
public record ResultView(
    Page page, String userId, String validUntil, String fileName, String fetchableUntil)
    implements View {

  @Override
  public String title() {
    return "電子証明書発行結果";
  }

  @Override
  public String template() {
    return "result.jte";
  }

  @Override
  public Optional<Step> step() {
    return Optional.of(Step.RESULT);
  }
}
