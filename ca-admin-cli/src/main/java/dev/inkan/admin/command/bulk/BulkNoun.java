package dev.inkan.admin.command.bulk;

import dev.inkan.admin.command.Desk;
import java.util.List;

/** {@code bulk}. */
public final class BulkNoun {

  private BulkNoun() {}

  /** Its commands. */
  public static List<Object> verbs(Desk desk) {
    return List.of(
        new BulkListCommand(desk),
        new BulkShowCommand(desk),
        new BulkApproveCommand(desk),
        new BulkRejectCommand(desk),
        new BulkRunCommand(desk));
  }
}
