package dev.inkan.server.http.web.view;

/** Demo alone: one captured mail. */
public record MailView(Page page, Mail mail) implements View {

  /**
   * A mail that went to nobody.
   *
   * @param number part of its address {@code /mails/1}
   * @param received such as 2026年11月22日 14時35分
   * @param text plain text
   */
  public record Mail(long number, String to, String subject, String received, String text) {

    @Override
    public String toString() {
      return "Mail[" + number + "]";
    }
  }

  @Override
  public String title() {
    return "メール（デモ専用）";
  }

  @Override
  public String template() {
    return "mail.jte";
  }
}
