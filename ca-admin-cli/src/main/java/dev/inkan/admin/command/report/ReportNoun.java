package dev.inkan.admin.command.report;

import dev.inkan.admin.command.Desk;
import java.util.List;

/** {@code report}. */
public final class ReportNoun {

  private ReportNoun() {}

  /** Its commands. */
  public static List<Object> verbs(Desk desk) {
    return List.of(
        new ReportExpiringCommand(desk),
        new ReportUndeliveredCommand(desk),
        new ReportActivityCommand(desk));
  }
}
