package dev.inkan.server.http.web.view;

/**
 * Whose service this is (row F1). Comes from configuration.
 *
 * @param bankName such as あさひ労働金庫
 * @param serviceName such as 賃金控除事務支援システム
 * @param helpdesk whom to call
 */
public record Site(String bankName, String serviceName, Helpdesk helpdesk) {

  /**
   * Whom to call.
   *
   * @param hours such as 9:00～18:00（休日を除く月曜日～金曜日）
   * @param closedDays such as 1月1日～1月3日、12月31日
   */
  public record Helpdesk(String name, String phone, String hours, String closedDays) {}
}
