package dev.inkan.admin.command.user;

import dev.inkan.admin.command.Desk;
import java.util.List;

/** {@code user}. */
public final class UserNoun {

  private UserNoun() {}

  /** Its commands. */
  public static List<Object> verbs(Desk desk) {
    return List.of(
        new UserListCommand(desk),
        new UserShowCommand(desk),
        new UserUnlockCommand(desk),
        new UserUnblockCommand(desk));
  }
}
