package dev.inkan.admin.command.ca;

import dev.inkan.admin.command.Desk;
import java.util.List;

/** {@code ca}. */
public final class CaNoun {

  private CaNoun() {}

  /** Its commands. */
  public static List<Object> verbs(Desk desk) {
    return List.of(new CaShowCommand(desk), new CaRenewResponderCommand(desk));
  }
}
