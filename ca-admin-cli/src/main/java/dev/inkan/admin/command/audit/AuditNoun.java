package dev.inkan.admin.command.audit;

import dev.inkan.admin.command.Desk;
import java.util.List;

/** {@code audit}. */
public final class AuditNoun {

  private AuditNoun() {}

  /** Its commands. */
  public static List<Object> verbs(Desk desk) {
    return List.of(
        new AuditListCommand(desk), new AuditExportCommand(desk), new AuditVerifyCommand(desk));
  }
}
