package dev.inkan.admin.command.mail;

import dev.inkan.admin.command.Desk;
import java.util.List;

/** {@code mail}. */
public final class MailNoun {

  private MailNoun() {}

  /** Its commands. */
  public static List<Object> verbs(Desk desk) {
    return List.of(
        new MailListCommand(desk), new MailShowCommand(desk), new MailRetryCommand(desk));
  }
}
