package dev.inkan.admin.command.operator;

import dev.inkan.admin.command.Desk;
import java.util.List;

/** {@code operator}. */
public final class OperatorNoun {

  private OperatorNoun() {}

  /** Its commands. */
  public static List<Object> verbs(Desk desk) {
    return List.of(
        new OperatorListCommand(desk),
        new OperatorAddCommand(desk),
        new OperatorRenewCommand(desk),
        new OperatorDisableCommand(desk));
  }
}
