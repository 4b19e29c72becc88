package dev.inkan.server.http.web.view;

import java.util.List;

/**
 * One general user, as the master user sees them (rows C4, B10).
 *
 * @param pendingMail the new address that has not answered yet; empty if there is none
 * @param certificates every one that was issued, the newest first
 * @param mails the last ones, the newest first
 * @param unlock what the button says that lets the user in again; empty where there is no need
 */
public record UserView(
    Page page,
    Said said,
    Person person,
    String pendingMail,
    List<CertificateLine> certificates,
    List<MailLine> mails,
    String unlock)
    implements View {

  /**
   * Who it is.
   *
   * @param path of the user's page
   */
  public record Person(String userId, String path, String name, String mail, StateWord state) {}

  /**
   * One certificate.
   *
   * @param validity such as 2026年11月22日から2027年11月22日まで
   * @param daysLeft such as あと365日; empty unless it is valid
   */
  public record CertificateLine(StateWord state, String validity, String daysLeft) {}

  /** One mail. */
  public record MailLine(String madeAt, String topic, StateWord fate) {}

  @Override
  public String title() {
    return "一般ユーザー " + person.userId();
  }

  @Override
  public String template() {
    return "user.jte";
  }
}
