package dev.inkan.admin.command;

import dev.inkan.admin.output.Column;
import dev.inkan.admin.output.Listing;
import dev.inkan.core.api.Mail;
import java.util.List;
import java.util.Optional;

/** How mails look, wherever they are listed. */
public final class MailView {

  private MailView() {}

  /**
   * Mails in rows.
   *
   * @param none what people read where there are none
   */
  public static Listing<Mail> listing(String none) {
    return new Listing<>(
        List.of(
            Column.number("number", Mail::number),
            Column.word("state", it -> Optional.of(it.state())),
            Column.text("kind", Mail::kind),
            Column.maybe("user", Mail::userId),
            Column.text("to", Mail::to),
            Column.number("attempts", Mail::attempts).whereThereIsRoom(),
            Column.time("made", it -> Optional.of(it.createdAt())),
            Column.time("next", Mail::dueAt).whereThereIsRoom(),
            Column.time("ended", Mail::endedAt).whereThereIsRoom(),
            Column.maybe("reason", Mail::reason),
            Column.maybe("advice", Mail::advice).inCsvAlone()),
        none);
  }
}
