package dev.inkan.admin.command.request;

import dev.inkan.admin.command.Desk;
import java.util.List;

/** {@code request}. */
public final class RequestNoun {

  private RequestNoun() {}

  /** Its commands. */
  public static List<Object> verbs(Desk desk) {
    return List.of(
        new RequestAddCommand(desk),
        new RequestListCommand(desk),
        new RequestShowCommand(desk),
        new RequestApproveCommand(desk),
        new RequestRejectCommand(desk));
  }
}
