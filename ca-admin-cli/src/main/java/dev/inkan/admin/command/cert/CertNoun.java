package dev.inkan.admin.command.cert;

import dev.inkan.admin.command.Desk;
import java.util.List;

/** {@code cert}. */
public final class CertNoun {

  private CertNoun() {}

  /** Its commands. */
  public static List<Object> verbs(Desk desk) {
    return List.of(
        new CertListCommand(desk),
        new CertShowCommand(desk),
        new CertRevokeCommand(desk),
        new CertHoldCommand(desk),
        new CertReleaseCommand(desk),
        new CertExportCommand(desk));
  }
}
