package dev.inkan.admin.command.org;

import dev.inkan.admin.command.Desk;
import java.util.List;

/** {@code org}. */
public final class OrgNoun {

  private OrgNoun() {}

  /** Its commands. */
  public static List<Object> verbs(Desk desk) {
    return List.of(
        new OrgAddCommand(desk),
        new OrgListCommand(desk),
        new OrgShowCommand(desk),
        new OrgSuspendCommand(desk),
        new OrgResumeCommand(desk),
        new OrgCloseCommand(desk));
  }
}
