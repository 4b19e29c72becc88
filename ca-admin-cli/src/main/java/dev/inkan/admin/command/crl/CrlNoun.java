package dev.inkan.admin.command.crl;

import dev.inkan.admin.command.Desk;
import java.util.List;

/** {@code crl}. */
public final class CrlNoun {

  private CrlNoun() {}

  /** Its commands. */
  public static List<Object> verbs(Desk desk) {
    return List.of(new CrlShowCommand(desk), new CrlPublishCommand(desk), new CrlDiffCommand(desk));
  }
}
