package dev.inkan.admin.command.master;

import dev.inkan.admin.command.Desk;
import java.util.List;

/** {@code master}. */
public final class MasterNoun {

  private MasterNoun() {}

  /** Its commands. */
  public static List<Object> verbs(Desk desk) {
    return List.of(
        new MasterShowCommand(desk),
        new MasterInitialiseCommand(desk),
        new MasterUnlockCommand(desk),
        new MasterUnblockCommand(desk));
  }
}
