package dev.inkan.server.http.web.view;

import java.util.List;

/** Demo alone: the captured mails, newest first. */
public record MailListView(Page page, List<MailView.Mail> mails) implements View {

  @Override
  public String title() {
    return "届いたメール（デモ専用）";
  }

  @Override
  public String template() {
    return "mail-list.jte";
  }
}
