package dev.inkan.server.http.web.view;

import java.util.List;

/**
 * Renewal proven by the certificate: the password alone is asked for (rows A3, C7).
 *
 * @param validUntil the last day of the certificate in use, such as 2027年11月22日
 */
public record RenewalView(Page page, String userId, String validUntil, List<Problem> problems)
    implements View {

  public RenewalView {
    problems = List.copyOf(problems);
  }

  @Override
  public String title() {
    return "電子証明書の更新";
  }

  @Override
  public String template() {
    return "renew.jte";
  }
}
