package dev.inkan.server.http.web.view;

/**
 * The page behind the log-in (row C7).
 *
 * @param validUntil the last day, such as 2027年11月22日
 * @param daysLeft whole days until then; 0 on the last day
 * @param renewalOpens the first day of renewal, such as 2027年10月23日
 * @param renewalOpen whether that day has come
 */
public record HomeView(
    Page page,
    String userId,
    String organisation,
    String validUntil,
    long daysLeft,
    String renewalOpens,
    boolean renewalOpen)
    implements View {

  @Override
  public String title() {
    return "ご利用中の電子証明書";
  }

  @Override
  public String template() {
    return "home.jte";
  }
}
